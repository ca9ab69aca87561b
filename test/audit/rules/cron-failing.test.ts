import { cronFailing } from "../../../src/audit/rules/cron-failing.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./cron-failing.cases.ts";

testRule(cronFailing, cases);
