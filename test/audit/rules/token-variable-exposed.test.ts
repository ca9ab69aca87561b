import { tokenVariableExposed } from "../../../src/audit/rules/token-variable-exposed.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./token-variable-exposed.cases.ts";

testRule(tokenVariableExposed, cases);
