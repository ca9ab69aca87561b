import { installerUnpinned } from "../../../src/audit/rules/installer-unpinned.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./installer-unpinned.cases.ts";

testRule(installerUnpinned, cases);
