import { cliUnused } from "../../../src/audit/rules/cli-unused.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./cli-unused.cases.ts";

testRule(cliUnused, cases);
