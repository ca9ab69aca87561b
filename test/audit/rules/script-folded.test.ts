import { scriptFolded } from "../../../src/audit/rules/script-folded.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./script-folded.cases.ts";

testRule(scriptFolded, cases);
