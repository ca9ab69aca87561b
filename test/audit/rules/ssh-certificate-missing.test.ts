import { sshCertificateMissing } from "../../../src/audit/rules/ssh-certificate-missing.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ssh-certificate-missing.cases.ts";

testRule(sshCertificateMissing, cases);
