import { jobLines, repository } from "../ci.ts";
import { type ProjectFacts, project } from "../project.ts";
import type { RuleCases } from "../rule-cases.ts";

/** A project with these integrations, and a workflow that pushes so. */
function pushing(push: string, integrations: ProjectFacts["integrations"]) {
  const steps = [
    "- env:",
    `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
    `  run: ${push}`,
  ];
  const text = `${jobLines("push", steps).join("\n")}\n`;
  return repository(
    { ".github/workflows/w.yml": text },
    project({}, integrations === undefined ? {} : { integrations }).facts,
  );
}

const github = [{ type: "github", repository: "acme/shop" }];

export const cases: RuleCases = {
  fires: {
    "the project takes its code from GitHub": {
      given: pushing("upsun push --project abcdefghijklm --target main --yes --wait", github),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:9:14-9:75",
          message:
            "step 1 of the job work pushes with the CLI, and the project takes its code from GitHub (acme/shop)",
          fix: "by hand: Push to the Git host instead",
        },
      ],
    },
    "which project is meant isn't said": {
      given: pushing('upsun push --target "$GITHUB_REF_NAME" --yes --wait', [
        { type: "gitlab", repository: undefined },
      ]),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".github/workflows/w.yml:9:14-9:65",
          message:
            "step 1 of the job work pushes with the CLI, and the project takes its code from GitLab",
          fix: "by hand: Push to the Git host instead",
        },
      ],
    },
  },
  quiet: {
    "the project takes its code from nowhere else": pushing(
      "upsun push --project abcdefghijklm --target main --yes --wait",
      [],
    ),
    "its integrations can't be seen": pushing(
      "upsun push --project abcdefghijklm --target main --yes --wait",
      { kind: "unread", why: "this account may not read it" },
    ),
    "another project is meant": pushing(
      "upsun push --project otherproject1 --target main --yes --wait",
      github,
    ),
    "nothing is pushed": pushing(
      "upsun backup:create --project abcdefghijklm --environment main --yes --wait",
      github,
    ),
  },
};
