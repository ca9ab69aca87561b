import { cronWaitsForItself } from "../../../src/audit/rules/cron-waits-for-itself.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./cron-waits-for-itself.cases.ts";

testRule(cronWaitsForItself, cases);
