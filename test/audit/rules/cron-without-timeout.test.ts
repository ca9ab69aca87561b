import { cronWithoutTimeout } from "../../../src/audit/rules/cron-without-timeout.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./cron-without-timeout.cases.ts";

testRule(cronWithoutTimeout, cases);
