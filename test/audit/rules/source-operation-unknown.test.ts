import { sourceOperationUnknown } from "../../../src/audit/rules/source-operation-unknown.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./source-operation-unknown.cases.ts";

testRule(sourceOperationUnknown, cases);
