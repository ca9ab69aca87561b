import { cronMalformed } from "../../../src/audit/rules/cron-malformed.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./cron-malformed.cases.ts";

testRule(cronMalformed, cases);
