import { tokenOld } from "../../../src/audit/rules/token-old.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./token-old.cases.ts";

testRule(tokenOld, cases);
