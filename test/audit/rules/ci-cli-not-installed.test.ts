import { ciCliNotInstalled } from "../../../src/audit/rules/ci-cli-not-installed.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-cli-not-installed.cases.ts";

testRule(ciCliNotInstalled, cases);
