import { noWaitMissing } from "../../../src/audit/rules/no-wait-missing.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./no-wait-missing.cases.ts";

testRule(noWaitMissing, cases);
