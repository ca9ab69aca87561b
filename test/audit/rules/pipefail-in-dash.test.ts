import { pipefailInDash } from "../../../src/audit/rules/pipefail-in-dash.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./pipefail-in-dash.cases.ts";

testRule(pipefailInDash, cases);
