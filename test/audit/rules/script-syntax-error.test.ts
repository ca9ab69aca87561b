import { scriptSyntaxError } from "../../../src/audit/rules/script-syntax-error.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./script-syntax-error.cases.ts";

testRule(scriptSyntaxError, cases);
