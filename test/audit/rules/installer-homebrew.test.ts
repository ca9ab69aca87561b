import { installerHomebrew } from "../../../src/audit/rules/installer-homebrew.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./installer-homebrew.cases.ts";

testRule(installerHomebrew, cases);
