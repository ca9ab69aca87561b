import { hookMalformed } from "../../../src/audit/rules/hook-malformed.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./hook-malformed.cases.ts";

testRule(hookMalformed, cases);
