import { cronGuardNeverTrue } from "../../../src/audit/rules/cron-guard-never-true.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./cron-guard-never-true.cases.ts";

testRule(cronGuardNeverTrue, cases);
