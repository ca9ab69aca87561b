import { sshOpen } from "../../../src/audit/rules/ssh-open.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ssh-open.cases.ts";

testRule(sshOpen, cases);
