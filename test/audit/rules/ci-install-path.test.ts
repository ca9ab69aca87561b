import { ciInstallPath } from "../../../src/audit/rules/ci-install-path.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-install-path.cases.ts";

testRule(ciInstallPath, cases);
