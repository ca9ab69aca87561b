import { job } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "the keys are scanned": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        "    ssh-keyscan ssh.eu-5.platform.sh >> ~/.ssh/known_hosts",
        '    upsun ssh "drush cr"',
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:10:11-10:65",
          message:
            "step 1 of the job work takes the host keys of whoever answers; the CLI brings the platform's",
          fix: "by hand: Leave it to the CLI",
        },
      ],
    },
    "no key is looked at": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        '    echo "StrictHostKeyChecking no" >> ~/.ssh/config',
        '    upsun ssh "drush cr"',
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:10:11-10:59",
          message:
            "step 1 of the job work doesn't look at host keys; the CLI brings the platform's",
          fix: "by hand: Leave it to the CLI",
        },
      ],
    },
  },
  quiet: {
    "the CLI brings them": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      '    upsun ssh "drush cr"',
    ),
    "git connects to the platform, too": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    ssh-keyscan ssh.eu-5.platform.sh >> ~/.ssh/known_hosts",
      "    upsun ssh-cert:load --yes",
      "    git push p@git.eu-5.platform.sh:p.git main",
    ),
    "another host is scanned": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    ssh-keyscan github.com >> ~/.ssh/known_hosts",
      "    upsun url",
    ),
  },
};
