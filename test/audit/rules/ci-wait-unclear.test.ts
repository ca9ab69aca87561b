import { ciWaitUnclear } from "../../../src/audit/rules/ci-wait-unclear.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-wait-unclear.cases.ts";

testRule(ciWaitUnclear, cases);
