import { job, pipeline } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "the variable is the other CLI's": {
      given: job(
        "push",
        "- env:",
        `    PLATFORMSH_CLI_TOKEN: \${{ secrets.T }}`,
        "  run: |",
        "    upsun backup:list",
        "    upsun url",
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:10:11-10:28",
          message:
            "step 1 of the job work calls upsun, which reads UPSUN_CLI_TOKEN; the token is in PLATFORMSH_CLI_TOKEN",
          fix: "by hand: Name the variable UPSUN_CLI_TOKEN",
        },
      ],
    },
    "an action leaves it in another one": {
      given: job(
        "push",
        "- uses: adam7/platformsh-cli-action@v1.2",
        "  with:",
        `    token: \${{ secrets.T }}`,
        "- run: upsun backup:list",
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:10:14-10:31",
          message:
            "step 2 of the job work calls upsun, which reads UPSUN_CLI_TOKEN; the token is in PLATFORMSH_CLI_TOKEN",
          fix: "by hand: Name the variable UPSUN_CLI_TOKEN",
        },
      ],
    },
    "a pipeline exports it": {
      given: pipeline(
        "backup:",
        "  variables:",
        "    UPSUN_CLI_TOKEN: $TOKEN",
        "  script:",
        "    - platform backup:list",
      ),
      finds: [
        {
          severity: "error",
          at: ".gitlab-ci.yml:5:7-5:27",
          message:
            "script line 1 of the job backup calls platform, which reads PLATFORMSH_CLI_TOKEN; the token is in UPSUN_CLI_TOKEN",
          fix: "by hand: Name the variable PLATFORMSH_CLI_TOKEN",
        },
      ],
    },
  },
  quiet: {
    "it is the one that is read": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun backup:list",
    ),
    "both are there": job(
      "push",
      "- env:",
      `    PLATFORMSH_CLI_TOKEN: \${{ secrets.T }}`,
      `    UPSUN_CLI_TOKEN: \${{ secrets.T }}`,
      "  run: upsun backup:list",
    ),
    "the command is given the right one": job(
      "push",
      "- env:",
      `    PLATFORMSH_CLI_TOKEN: \${{ secrets.T }}`,
      '  run: UPSUN_CLI_TOKEN="$PLATFORMSH_CLI_TOKEN" upsun backup:list',
    ),
  },
};
