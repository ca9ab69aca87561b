import { ciUntrustedTrigger } from "../../../src/audit/rules/ci-untrusted-trigger.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-untrusted-trigger.cases.ts";

testRule(ciUntrustedTrigger, cases);
