import { halfConverted } from "../../../src/audit/rules/half-converted.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./half-converted.cases.ts";

testRule(halfConverted, cases);
