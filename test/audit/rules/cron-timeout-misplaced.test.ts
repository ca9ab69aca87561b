import { cronTimeoutMisplaced } from "../../../src/audit/rules/cron-timeout-misplaced.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./cron-timeout-misplaced.cases.ts";

testRule(cronTimeoutMisplaced, cases);
