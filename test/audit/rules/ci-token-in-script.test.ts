import { ciTokenInScript } from "../../../src/audit/rules/ci-token-in-script.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-token-in-script.cases.ts";

testRule(ciTokenInScript, cases);
