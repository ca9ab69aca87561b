import { machineUserTooStrong } from "../../../src/audit/rules/machine-user-too-strong.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./machine-user-too-strong.cases.ts";

testRule(machineUserTooStrong, cases);
