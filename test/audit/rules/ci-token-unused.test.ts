import { ciTokenUnused } from "../../../src/audit/rules/ci-token-unused.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-token-unused.cases.ts";

testRule(ciTokenUnused, cases);
