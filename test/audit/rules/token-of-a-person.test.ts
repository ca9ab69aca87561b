import { tokenOfAPerson } from "../../../src/audit/rules/token-of-a-person.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./token-of-a-person.cases.ts";

testRule(tokenOfAPerson, cases);
