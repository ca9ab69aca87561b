import { job, pipeline } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "one commit is fetched": {
      given: job(
        "push",
        "- uses: actions/checkout@v4",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        "    upsun push --project P --target main --yes --wait",
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:7:9-7:34",
          message: "step 1 of the job work fetches only the latest commit, and step 2 pushes it",
          fix: "by hand: Fetch the whole history",
        },
      ],
    },
    "a pull request is on no branch": {
      given: job(
        "pull_request",
        "- uses: actions/checkout@v4",
        "  with:",
        "    fetch-depth: 0",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        "    upsun push --project P --yes --wait",
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:13:11-13:46",
          message:
            "step 2 of the job work pushes from no branch, and doesn't say with --target where to",
          fix: "by hand: Say where to push",
        },
      ],
    },
    "GitLab fetches few commits": {
      given: pipeline(
        "deploy:",
        "  script:",
        "    - upsun push --project P --target main --yes --wait",
      ),
      finds: [
        {
          severity: "error",
          at: ".gitlab-ci.yml:3:7-3:56",
          message: "the job deploy pushes from a clone of few commits: it has no GIT_DEPTH of 0",
          fix: "by hand: Fetch the whole history",
        },
      ],
    },
    "Git itself pushes to the platform": {
      given: pipeline(
        "a:",
        "  script:",
        "    - upsun ssh-cert:load -y",
        "    - git push shop@git.eu-5.platform.sh:shop.git HEAD:main",
      ),
      finds: [
        {
          severity: "error",
          at: ".gitlab-ci.yml:4:7-4:60",
          message: "the job a pushes from a clone of few commits: it has no GIT_DEPTH of 0",
          fix: "by hand: Fetch the whole history",
        },
      ],
    },
    "Git alone pushes, with a key of its own": {
      given: job(
        "push",
        "- uses: actions/checkout@v4",
        "- run: git push ssh://shop@git.eu-5.platform.sh/shop.git HEAD:main",
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:7:9-7:34",
          message: "step 1 of the job work fetches only the latest commit, and step 2 pushes it",
          fix: "by hand: Fetch the whole history",
        },
      ],
    },
    "Git pushes to the remote of the CLI": {
      given: job(
        "push",
        "- uses: actions/checkout@v4",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: git push platform HEAD:main",
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:7:9-7:34",
          message: "step 1 of the job work fetches only the latest commit, and step 2 pushes it",
          fix: "by hand: Fetch the whole history",
        },
      ],
    },
  },
  quiet: {
    "all is fetched": job(
      "push",
      "- uses: actions/checkout@v4",
      "  with:",
      "    fetch-depth: 0",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun push --project P --target main --yes --wait",
    ),
    "it is fetched later": job(
      "push",
      "- uses: actions/checkout@v4",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    git fetch --unshallow",
      "    upsun push --project P --target main --yes --wait",
    ),
    "GitLab fetches all": pipeline(
      "variables:",
      "  GIT_DEPTH: 0",
      "deploy:",
      "  script:",
      "    - upsun push --project P --target main --yes --wait",
    ),
    "what is pushed lies in a folder that only the run knows": job(
      "push",
      "- uses: actions/checkout@v4",
      `- working-directory: \${{ env.SITE }}`,
      "  run: git push platform HEAD:main",
    ),
    "what is pushed is a clone of its own": job(
      "push",
      "- uses: actions/checkout@v4",
      "- run: git clone https://git.example.org/site.git site",
      "- run: git push platform HEAD:main",
      "  working-directory: site",
    ),
    "nothing is pushed": job(
      "push",
      "- uses: actions/checkout@v4",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun url",
    ),
    "Git pushes elsewhere": pipeline(
      "a:",
      "  script:",
      "    - upsun backup:list",
      "    - git push https://gitlab.com/acme/shop.git HEAD:main",
      "    - git fetch platform",
    ),
  },
};
