import { cronRenewalObsolete } from "../../../src/audit/rules/cron-renewal-obsolete.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./cron-renewal-obsolete.cases.ts";

testRule(cronRenewalObsolete, cases);
