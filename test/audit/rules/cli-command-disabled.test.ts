import { cliCommandDisabled } from "../../../src/audit/rules/cli-command-disabled.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./cli-command-disabled.cases.ts";

testRule(cliCommandDisabled, cases);
