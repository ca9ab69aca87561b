import { errexitMissing } from "../../../src/audit/rules/errexit-missing.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./errexit-missing.cases.ts";

testRule(errexitMissing, cases);
