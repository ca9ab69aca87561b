import { ciPushForce } from "../../../src/audit/rules/ci-push-force.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-push-force.cases.ts";

testRule(ciPushForce, cases);
