import { cronGuardMissing } from "../../../src/audit/rules/cron-guard-missing.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./cron-guard-missing.cases.ts";

testRule(cronGuardMissing, cases);
