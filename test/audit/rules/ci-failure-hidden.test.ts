import { ciFailureHidden } from "../../../src/audit/rules/ci-failure-hidden.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-failure-hidden.cases.ts";

testRule(ciFailureHidden, cases);
