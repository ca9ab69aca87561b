import { ciTokenMissing } from "../../../src/audit/rules/ci-token-missing.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-token-missing.cases.ts";

testRule(ciTokenMissing, cases);
