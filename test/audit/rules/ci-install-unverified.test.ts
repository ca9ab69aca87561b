import { ciInstallUnverified } from "../../../src/audit/rules/ci-install-unverified.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-install-unverified.cases.ts";

testRule(ciInstallUnverified, cases);
