import { bashismInDash } from "../../../src/audit/rules/bashism-in-dash.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./bashism-in-dash.cases.ts";

testRule(bashismInDash, cases);
