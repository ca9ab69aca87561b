import { sourceOperationCommitFails } from "../../../src/audit/rules/source-operation-commit-fails.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./source-operation-commit-fails.cases.ts";

testRule(sourceOperationCommitFails, cases);
