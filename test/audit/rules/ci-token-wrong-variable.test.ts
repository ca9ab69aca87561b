import { ciTokenWrongVariable } from "../../../src/audit/rules/ci-token-wrong-variable.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-token-wrong-variable.cases.ts";

testRule(ciTokenWrongVariable, cases);
