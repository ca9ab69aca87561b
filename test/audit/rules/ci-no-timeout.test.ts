import { ciNoTimeout } from "../../../src/audit/rules/ci-no-timeout.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-no-timeout.cases.ts";

testRule(ciNoTimeout, cases);
