import { environmentForgotten } from "../../../src/audit/rules/environment-forgotten.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./environment-forgotten.cases.ts";

testRule(environmentForgotten, cases);
