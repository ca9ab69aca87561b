import { tokenVariableForEveryApp } from "../../../src/audit/rules/token-variable-for-every-app.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./token-variable-for-every-app.cases.ts";

testRule(tokenVariableForEveryApp, cases);
