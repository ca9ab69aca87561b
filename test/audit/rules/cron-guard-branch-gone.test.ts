import { cronGuardBranchGone } from "../../../src/audit/rules/cron-guard-branch-gone.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./cron-guard-branch-gone.cases.ts";

testRule(cronGuardBranchGone, cases);
