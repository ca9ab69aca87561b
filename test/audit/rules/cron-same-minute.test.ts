import { cronSameMinute } from "../../../src/audit/rules/cron-same-minute.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./cron-same-minute.cases.ts";

testRule(cronSameMinute, cases);
