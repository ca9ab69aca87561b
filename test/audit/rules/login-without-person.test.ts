import { loginWithoutPerson } from "../../../src/audit/rules/login-without-person.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./login-without-person.cases.ts";

testRule(loginWithoutPerson, cases);
