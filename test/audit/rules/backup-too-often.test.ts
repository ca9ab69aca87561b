import { backupTooOften } from "../../../src/audit/rules/backup-too-often.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./backup-too-often.cases.ts";

testRule(backupTooOften, cases);
