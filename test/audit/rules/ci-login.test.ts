import { ciLogin } from "../../../src/audit/rules/ci-login.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-login.cases.ts";

testRule(ciLogin, cases);
