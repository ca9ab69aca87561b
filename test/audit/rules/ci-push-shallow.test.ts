import { ciPushShallow } from "../../../src/audit/rules/ci-push-shallow.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-push-shallow.cases.ts";

testRule(ciPushShallow, cases);
