import { ciOptionUnknown } from "../../../src/audit/rules/ci-option-unknown.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-option-unknown.cases.ts";

testRule(ciOptionUnknown, cases);
