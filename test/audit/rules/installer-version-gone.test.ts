import { installerVersionGone } from "../../../src/audit/rules/installer-version-gone.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./installer-version-gone.cases.ts";

testRule(installerVersionGone, cases);
