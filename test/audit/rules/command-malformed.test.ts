import { commandMalformed } from "../../../src/audit/rules/command-malformed.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./command-malformed.cases.ts";

testRule(commandMalformed, cases);
