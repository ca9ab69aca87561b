import { cronSpecInvalid } from "../../../src/audit/rules/cron-spec-invalid.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./cron-spec-invalid.cases.ts";

testRule(cronSpecInvalid, cases);
