import { noWaitUnknown } from "../../../src/audit/rules/no-wait-unknown.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./no-wait-unknown.cases.ts";

testRule(noWaitUnknown, cases);
