import { cronsNotRunning } from "../../../src/audit/rules/crons-not-running.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./crons-not-running.cases.ts";

testRule(cronsNotRunning, cases);
