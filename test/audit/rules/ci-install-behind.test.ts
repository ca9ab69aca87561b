import { ciInstallBehind } from "../../../src/audit/rules/ci-install-behind.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-install-behind.cases.ts";

testRule(ciInstallBehind, cases);
