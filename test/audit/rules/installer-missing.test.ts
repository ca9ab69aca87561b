import { installerMissing } from "../../../src/audit/rules/installer-missing.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./installer-missing.cases.ts";

testRule(installerMissing, cases);
