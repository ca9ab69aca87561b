import { machineUserTooWeak } from "../../../src/audit/rules/machine-user-too-weak.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./machine-user-too-weak.cases.ts";

testRule(machineUserTooWeak, cases);
