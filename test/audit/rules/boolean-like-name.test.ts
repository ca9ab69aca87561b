import { booleanLikeName } from "../../../src/audit/rules/boolean-like-name.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./boolean-like-name.cases.ts";

testRule(booleanLikeName, cases);
