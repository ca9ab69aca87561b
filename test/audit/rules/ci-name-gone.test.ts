import { ciNameGone } from "../../../src/audit/rules/ci-name-gone.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-name-gone.cases.ts";

testRule(ciNameGone, cases);
