import { installerDeprecated } from "../../../src/audit/rules/installer-deprecated.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./installer-deprecated.cases.ts";

testRule(installerDeprecated, cases);
