import { runtimeVariableAtBuild } from "../../../src/audit/rules/runtime-variable-at-build.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./runtime-variable-at-build.cases.ts";

testRule(runtimeVariableAtBuild, cases);
