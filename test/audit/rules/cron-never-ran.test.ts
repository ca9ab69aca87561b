import { cronNeverRan } from "../../../src/audit/rules/cron-never-ran.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./cron-never-ran.cases.ts";

testRule(cronNeverRan, cases);
