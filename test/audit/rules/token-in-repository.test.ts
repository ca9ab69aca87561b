import { tokenInRepository } from "../../../src/audit/rules/token-in-repository.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./token-in-repository.cases.ts";

testRule(tokenInRepository, cases);
