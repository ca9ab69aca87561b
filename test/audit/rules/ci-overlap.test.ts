import { ciOverlap } from "../../../src/audit/rules/ci-overlap.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-overlap.cases.ts";

testRule(ciOverlap, cases);
