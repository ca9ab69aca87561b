import { deploymentFailed } from "../../../src/audit/rules/deployment-failed.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./deployment-failed.cases.ts";

testRule(deploymentFailed, cases);
