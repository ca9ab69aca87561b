import { includeUnread } from "../../../src/audit/rules/include-unread.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./include-unread.cases.ts";

testRule(includeUnread, cases);
