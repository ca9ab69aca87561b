import { installerUnreachable } from "../../../src/audit/rules/installer-unreachable.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./installer-unreachable.cases.ts";

testRule(installerUnreachable, cases);
