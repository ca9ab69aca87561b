import { ciInstallUnpinned } from "../../../src/audit/rules/ci-install-unpinned.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-install-unpinned.cases.ts";

testRule(ciInstallUnpinned, cases);
