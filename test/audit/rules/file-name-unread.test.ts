import { fileNameUnread } from "../../../src/audit/rules/file-name-unread.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./file-name-unread.cases.ts";

testRule(fileNameUnread, cases);
