import { installerPathOverwritten } from "../../../src/audit/rules/installer-path-overwritten.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./installer-path-overwritten.cases.ts";

testRule(installerPathOverwritten, cases);
