import { cronGuardByBranch } from "../../../src/audit/rules/cron-guard-by-branch.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./cron-guard-by-branch.cases.ts";

testRule(cronGuardByBranch, cases);
