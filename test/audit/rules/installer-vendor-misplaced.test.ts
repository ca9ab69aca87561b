import { installerVendorMisplaced } from "../../../src/audit/rules/installer-vendor-misplaced.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./installer-vendor-misplaced.cases.ts";

testRule(installerVendorMisplaced, cases);
