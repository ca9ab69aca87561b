import { firewallBlocksCli } from "../../../src/audit/rules/firewall-blocks-cli.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./firewall-blocks-cli.cases.ts";

testRule(firewallBlocksCli, cases);
