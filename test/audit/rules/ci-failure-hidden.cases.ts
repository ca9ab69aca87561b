import { job, pipeline } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

/** A job that makes a backup, goes on at a failure, and does this then. */
function goingOn(...lines: readonly string[]) {
  return job(
    "push",
    "- env:",
    `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
    "  run: |",
    "    set +e",
    "    upsun backup:create --project PROJECT --environment main --yes --wait",
    ...lines.map((line) => `    ${line}`),
  );
}

export const cases: RuleCases = {
  fires: {
    "an address goes to the steps behind": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        '    echo "URL=$(upsun url --primary --pipe)" >> "$GITHUB_ENV"',
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:10:23-10:49",
          message:
            "step 1 of the job work doesn't notice when environment:url fails: it stands in the words of echo, whose own success counts",
          fix: "by hand: Let the failure count",
        },
      ],
    },
    "an address is exported": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        "    export URL=$(upsun url --primary --pipe)",
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:10:24-10:50",
          message:
            "step 1 of the job work doesn't notice when environment:url fails: it stands in the words of export, whose own success counts",
          fix: "by hand: Let the failure count",
        },
      ],
    },
    "a backup stands in a pipe": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        "    upsun backup:create --project PROJECT --environment main --yes --wait | tee log",
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:10:11-10:80",
          message:
            "step 1 of the job work doesn't notice when backup:create fails: it stands in a pipe, of which only the last command's failure counts",
          fix: "by hand: Let the failure count",
        },
      ],
    },
    "a dump stands in a pipe": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: upsun db:dump --project PROJECT --environment main --gzip --stdout | aws s3 cp - s3://dumps/db.gz",
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:9:14-9:80",
          message:
            "step 1 of the job work doesn't notice when db:dump fails: it stands in a pipe, of which only the last command's failure counts",
          fix: "by hand: Let the failure count",
        },
      ],
    },
    "the shell is told to go on": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        "    set +e",
        "    upsun backup:create --project PROJECT --environment main --yes --wait",
        "    echo done",
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:11:11-11:80",
          message:
            "step 1 of the job work doesn't notice when backup:create fails: it stands behind set +e",
          fix: "by hand: Let the failure count",
        },
      ],
    },
    "the status that is read is that of another command": {
      given: goingOn("echo done", '[ "$?" -eq 0 ]'),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:11:11-11:80",
          message:
            "step 1 of the job work doesn't notice when backup:create fails: it stands behind set +e",
          fix: "by hand: Let the failure count",
        },
      ],
    },
    "a comment names the status": {
      given: goingOn("# $? is looked at, and trap set", "echo done"),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:11:11-11:80",
          message:
            "step 1 of the job work doesn't notice when backup:create fails: it stands behind set +e",
          fix: "by hand: Let the failure count",
        },
      ],
    },
    "a trap is set behind it": {
      given: goingOn("trap 'rm -f a' EXIT", "make"),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:11:11-11:80",
          message:
            "step 1 of the job work doesn't notice when backup:create fails: it stands behind set +e",
          fix: "by hand: Let the failure count",
        },
      ],
    },
    "its failure is passed over": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        "    upsun backup:create --project PROJECT --environment main --yes --wait || true",
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:10:11-10:80",
          message:
            "step 1 of the job work doesn't notice when backup:create fails: it stands before an || that makes nothing of its failure",
          fix: "by hand: Let the failure count",
        },
      ],
    },
    "the step may fail": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  continue-on-error: true",
        "  run: |",
        "    upsun backup:create --project PROJECT --environment main --yes --wait",
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:11:11-11:80",
          message:
            "step 1 of the job work doesn't notice when backup:create fails: the step may fail",
          fix: "by hand: Let the failure count",
        },
      ],
    },
    "the job of a pipeline may fail": {
      given: pipeline(
        "a:",
        "  allow_failure: true",
        "  script:",
        "    - upsun backup:create --project PROJECT --environment main --yes --wait",
      ),
      finds: [
        {
          severity: "warning",
          at: ".gitlab-ci.yml:4:7-4:76",
          message:
            "script line 1 of the job a doesn't notice when backup:create fails: the step may fail",
          fix: "by hand: Let the failure count",
        },
      ],
    },
  },
  quiet: {
    "the address is a variable of its own": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    url=$(upsun url --primary --pipe)",
      '    echo "URL=$url" >> "$GITHUB_ENV"',
    ),
    "the shell heeds pipes": job(
      "push",
      "- shell: bash",
      "  env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun backup:create --project PROJECT --environment main --yes --wait | tee log",
    ),
    "it is only shown": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      '    echo "at $(upsun url --primary --pipe)"',
    ),
    "the failure is asked for": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    if ! upsun backup:create --project PROJECT --environment main --yes --wait; then exit 3; fi",
    ),
    "the shell is told to go on, and the script looks at the status itself": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    set +e",
      "    upsun backup:create --project PROJECT --environment main --yes --wait",
      "    status=$?",
      "    exit $status",
    ),
    "the next test reads the status": goingOn("if [ $? -ne 0 ]; then exit 1; fi", "make"),
    "what the pipe left is read": goingOn("case $PIPESTATUS in 0) ;; *) exit 1;; esac", "make"),
    "the shell is told to go on, and the call is its last command": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    set +e",
      "    upsun backup:create --project PROJECT --environment main --yes --wait",
    ),
    "what only reads may fail": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun activity:list || true",
    ),
  },
};
