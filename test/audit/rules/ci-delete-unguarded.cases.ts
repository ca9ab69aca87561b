import { job, pipeline } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

/** A job for closed pull requests that deletes their environment, under a condition. */
const closing = (condition: string) =>
  job(
    "pull_request",
    `- if: ${condition}`,
    "  env:",
    `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
    `    BRANCH: \${{ github.head_ref }}`,
    '  run: upsun environment:delete "$BRANCH" --project P --yes --no-wait',
  );

/** A job of GitLab that deletes the environment of its branch, with these lines. */
const ofBranch = (...lines: readonly string[]) =>
  pipeline(
    "stop:",
    ...lines.map((line) => `  ${line}`),
    "  script:",
    '    - upsun environment:delete "$CI_COMMIT_REF_NAME" --project P --yes --no-wait',
  );

export const cases: RuleCases = {
  fires: {
    "a closed pull request names it": {
      given: job(
        "pull_request",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        `    BRANCH: \${{ github.head_ref }}`,
        "  run: |",
        '    upsun environment:delete "$BRANCH" --project P --yes --no-wait',
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:11:11-11:73",
          message:
            "step 1 of the job work deletes the environment that the event names, whatever its type",
          fix: "by hand: Look at its type first",
        },
      ],
    },
    "an expression names it": {
      given: job(
        "delete",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        `    upsun environment:delete --environment \${{ github.event.ref }} --yes --no-wait`,
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:10:11-10:89",
          message:
            "step 1 of the job work deletes the environment that the event names, whatever its type",
          fix: "by hand: Look at its type first",
        },
      ],
    },
    "the pull request has to go into main": {
      given: closing("github.base_ref == 'main'"),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:11:14-11:76",
          message:
            "step 1 of the job work deletes the environment that the event names, whatever its type",
          fix: "by hand: Look at its type first",
        },
      ],
    },
    "a pipeline does it on main alone": {
      given: ofBranch("rules: [{if: '$CI_COMMIT_BRANCH == \"main\"'}]"),
      finds: [
        {
          severity: "error",
          at: ".gitlab-ci.yml:4:7-4:81",
          message:
            "script line 1 of the job stop deletes the environment that the event names, whatever its type",
          fix: "by hand: Look at its type first",
        },
      ],
    },
  },
  quiet: {
    "its name is a number that GitHub counts": job(
      "pull_request",
      `- run: upsun environment:delete "pr-\${{ github.event.number }}" --yes`,
    ),
    "its name is such a number, in a project that a variable names": job(
      "pull_request",
      `- run: upsun environment:delete --project \${{ vars.PROJECT }} -e "pr-\${{ github.event.number }}" --yes`,
    ),
    "its name comes by way of such a number": job(
      "pull_request",
      "- env:",
      `    NUMBER: \${{ github.event.pull_request.number }}`,
      '  run: upsun environment:delete "pr-$NUMBER" --yes',
    ),
    "its type is looked at": job(
      "pull_request",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      '    type=$(upsun environment:info type --environment "$BRANCH")',
      '    [ "$type" = development ] || exit 1',
      '    upsun environment:delete "$BRANCH" --yes --no-wait',
    ),
    "the command leaves types out": job(
      "pull_request",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      '    upsun environment:delete "$BRANCH" --exclude-type production,staging --yes',
    ),
    "main is left out": job(
      "pull_request",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      '    [ "$BRANCH" != main ] || exit 0',
      '    upsun environment:delete "$BRANCH" --yes --no-wait',
    ),
    "it has a fixed name": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun environment:delete old --project P --yes",
    ),
    "its name is none that stays": closing(
      "github.head_ref != 'main' && github.head_ref != 'staging'",
    ),
    "it is not the default branch": closing(
      "github.head_ref != github.event.repository.default_branch",
    ),
    "it has the name of a preview": closing("startsWith(github.head_ref, 'pr-')"),
    "a pipeline never does it on main": ofBranch(
      "rules:",
      "  - if: '$CI_COMMIT_BRANCH == \"main\"'",
      "    when: never",
      "  - when: manual",
    ),
    "a pipeline leaves main out": ofBranch("except: [main]"),
    "a line before it looks at the type": ofBranch(
      "before_script:",
      '  - type=$(upsun environment:info type --environment "$CI_COMMIT_REF_NAME")',
      "  - '[ \"$type\" = development ] || exit 0'",
    ),
    "a variable holds a fixed name": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "    TARGET: load-test",
      '  run: upsun environment:delete "$TARGET" --project P --yes --no-wait',
    ),
  },
};
