import { cronOnWorker } from "../../../src/audit/rules/cron-on-worker.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./cron-on-worker.cases.ts";

testRule(cronOnWorker, cases);
