import { cronStartsTooOften } from "../../../src/audit/rules/cron-starts-too-often.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./cron-starts-too-often.cases.ts";

testRule(cronStartsTooOften, cases);
