import { cronNotDeployed } from "../../../src/audit/rules/cron-not-deployed.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./cron-not-deployed.cases.ts";

testRule(cronNotDeployed, cases);
