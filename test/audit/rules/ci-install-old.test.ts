import { ciInstallOld } from "../../../src/audit/rules/ci-install-old.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-install-old.cases.ts";

testRule(ciInstallOld, cases);
