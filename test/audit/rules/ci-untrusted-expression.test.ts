import { ciUntrustedExpression } from "../../../src/audit/rules/ci-untrusted-expression.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-untrusted-expression.cases.ts";

testRule(ciUntrustedExpression, cases);
