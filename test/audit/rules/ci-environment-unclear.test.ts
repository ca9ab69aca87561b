import { ciEnvironmentUnclear } from "../../../src/audit/rules/ci-environment-unclear.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-environment-unclear.cases.ts";

testRule(ciEnvironmentUnclear, cases);
