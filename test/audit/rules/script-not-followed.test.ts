import { scriptNotFollowed } from "../../../src/audit/rules/script-not-followed.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./script-not-followed.cases.ts";

testRule(scriptNotFollowed, cases);
