import { ciTokenShown } from "../../../src/audit/rules/ci-token-shown.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-token-shown.cases.ts";

testRule(ciTokenShown, cases);
