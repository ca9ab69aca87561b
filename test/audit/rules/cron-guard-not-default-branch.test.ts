import { cronGuardNotDefaultBranch } from "../../../src/audit/rules/cron-guard-not-default-branch.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./cron-guard-not-default-branch.cases.ts";

testRule(cronGuardNotDefaultBranch, cases);
