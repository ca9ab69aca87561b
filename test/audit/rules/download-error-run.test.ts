import { downloadErrorRun } from "../../../src/audit/rules/download-error-run.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./download-error-run.cases.ts";

testRule(downloadErrorRun, cases);
