import { optionOnItsOwnLine } from "../../../src/audit/rules/option-on-its-own-line.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./option-on-its-own-line.cases.ts";

testRule(optionOnItsOwnLine, cases);
