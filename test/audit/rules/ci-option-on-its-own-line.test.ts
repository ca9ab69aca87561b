import { ciOptionOnItsOwnLine } from "../../../src/audit/rules/ci-option-on-its-own-line.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-option-on-its-own-line.cases.ts";

testRule(ciOptionOnItsOwnLine, cases);
