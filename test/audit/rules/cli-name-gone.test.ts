import { cliNameGone } from "../../../src/audit/rules/cli-name-gone.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./cli-name-gone.cases.ts";

testRule(cliNameGone, cases);
