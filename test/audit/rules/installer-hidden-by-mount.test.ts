import { installerHiddenByMount } from "../../../src/audit/rules/installer-hidden-by-mount.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./installer-hidden-by-mount.cases.ts";

testRule(installerHiddenByMount, cases);
