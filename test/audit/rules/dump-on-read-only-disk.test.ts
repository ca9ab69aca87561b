import { dumpOnReadOnlyDisk } from "../../../src/audit/rules/dump-on-read-only-disk.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./dump-on-read-only-disk.cases.ts";

testRule(dumpOnReadOnlyDisk, cases);
