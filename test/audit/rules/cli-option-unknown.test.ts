import { cliOptionUnknown } from "../../../src/audit/rules/cli-option-unknown.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./cli-option-unknown.cases.ts";

testRule(cliOptionUnknown, cases);
