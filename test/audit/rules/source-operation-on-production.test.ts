import { sourceOperationOnProduction } from "../../../src/audit/rules/source-operation-on-production.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./source-operation-on-production.cases.ts";

testRule(sourceOperationOnProduction, cases);
