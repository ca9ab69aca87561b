import { ciActionNoEffect } from "../../../src/audit/rules/ci-action-no-effect.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-action-no-effect.cases.ts";

testRule(ciActionNoEffect, cases);
