import { tokenVariableMissing } from "../../../src/audit/rules/token-variable-missing.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./token-variable-missing.cases.ts";

testRule(tokenVariableMissing, cases);
