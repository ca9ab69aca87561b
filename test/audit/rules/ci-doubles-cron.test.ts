import { ciDoublesCron } from "../../../src/audit/rules/ci-doubles-cron.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-doubles-cron.cases.ts";

testRule(ciDoublesCron, cases);
