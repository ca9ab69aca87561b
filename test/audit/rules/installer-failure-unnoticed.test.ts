import { installerFailureUnnoticed } from "../../../src/audit/rules/installer-failure-unnoticed.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./installer-failure-unnoticed.cases.ts";

testRule(installerFailureUnnoticed, cases);
