import { backupInterrupts } from "../../../src/audit/rules/backup-interrupts.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./backup-interrupts.cases.ts";

testRule(backupInterrupts, cases);
