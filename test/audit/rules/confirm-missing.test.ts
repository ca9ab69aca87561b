import { confirmMissing } from "../../../src/audit/rules/confirm-missing.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./confirm-missing.cases.ts";

testRule(confirmMissing, cases);
