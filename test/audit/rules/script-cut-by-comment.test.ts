import { scriptCutByComment } from "../../../src/audit/rules/script-cut-by-comment.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./script-cut-by-comment.cases.ts";

testRule(scriptCutByComment, cases);
