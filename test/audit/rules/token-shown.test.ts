import { tokenShown } from "../../../src/audit/rules/token-shown.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./token-shown.cases.ts";

testRule(tokenShown, cases);
