import { installerWrongHook } from "../../../src/audit/rules/installer-wrong-hook.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./installer-wrong-hook.cases.ts";

testRule(installerWrongHook, cases);
