import { cliNameMismatch } from "../../../src/audit/rules/cli-name-mismatch.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./cli-name-mismatch.cases.ts";

testRule(cliNameMismatch, cases);
