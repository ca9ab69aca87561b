import { hookRedeploysItself } from "../../../src/audit/rules/hook-redeploys-itself.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./hook-redeploys-itself.cases.ts";

testRule(hookRedeploysItself, cases);
