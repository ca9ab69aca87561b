import { cronCmdDeprecated } from "../../../src/audit/rules/cron-cmd-deprecated.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./cron-cmd-deprecated.cases.ts";

testRule(cronCmdDeprecated, cases);
