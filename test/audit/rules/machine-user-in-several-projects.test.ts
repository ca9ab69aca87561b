import { machineUserInSeveralProjects } from "../../../src/audit/rules/machine-user-in-several-projects.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./machine-user-in-several-projects.cases.ts";

testRule(machineUserInSeveralProjects, cases);
