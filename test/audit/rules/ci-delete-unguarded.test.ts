import { ciDeleteUnguarded } from "../../../src/audit/rules/ci-delete-unguarded.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-delete-unguarded.cases.ts";

testRule(ciDeleteUnguarded, cases);
