import { job } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "a step logs in with the token": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        "    upsun auth:api-token-login",
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:10:11-10:37",
          message:
            "step 1 of the job work runs auth:api-token-login, which needs a person at a terminal",
          fix: "by hand: Take it out",
        },
      ],
    },
    "a step logs in by a browser": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        "    upsun login",
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:10:11-10:22",
          message:
            "step 1 of the job work runs auth:browser-login, which needs a person at a terminal",
          fix: "by hand: Take it out",
        },
      ],
    },
    "the job goes on without it": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        "    upsun auth:api-token-login || true",
      ),
      finds: [
        {
          severity: "info",
          at: ".github/workflows/w.yml:10:11-10:37",
          message:
            "step 1 of the job work runs auth:api-token-login, which needs a person at a terminal",
          fix: "by hand: Take it out",
        },
      ],
    },
    "it is one way of two": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        '    if [ -n "$CI_LOGIN" ]; then upsun login; fi',
      ),
      finds: [
        {
          severity: "info",
          at: ".github/workflows/w.yml:10:39-10:50",
          message:
            "step 1 of the job work runs auth:browser-login, which needs a person at a terminal",
          fix: "by hand: Take it out",
        },
      ],
    },
  },
  quiet: {
    "the variable is the login": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun auth:info",
    ),
    "another program logs in": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    docker login",
    ),
  },
};
