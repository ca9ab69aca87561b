import { cronGuardUnclear } from "../../../src/audit/rules/cron-guard-unclear.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./cron-guard-unclear.cases.ts";

testRule(cronGuardUnclear, cases);
