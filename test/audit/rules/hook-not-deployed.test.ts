import { hookNotDeployed } from "../../../src/audit/rules/hook-not-deployed.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./hook-not-deployed.cases.ts";

testRule(hookNotDeployed, cases);
