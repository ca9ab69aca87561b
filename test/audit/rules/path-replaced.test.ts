import { pathReplaced } from "../../../src/audit/rules/path-replaced.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./path-replaced.cases.ts";

testRule(pathReplaced, cases);
