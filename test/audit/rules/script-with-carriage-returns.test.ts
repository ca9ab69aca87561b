import { scriptWithCarriageReturns } from "../../../src/audit/rules/script-with-carriage-returns.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./script-with-carriage-returns.cases.ts";

testRule(scriptWithCarriageReturns, cases);
