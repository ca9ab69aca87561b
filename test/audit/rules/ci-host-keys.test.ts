import { ciHostKeys } from "../../../src/audit/rules/ci-host-keys.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-host-keys.cases.ts";

testRule(ciHostKeys, cases);
