import { ciPushIntegrated } from "../../../src/audit/rules/ci-push-integrated.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-push-integrated.cases.ts";

testRule(ciPushIntegrated, cases);
