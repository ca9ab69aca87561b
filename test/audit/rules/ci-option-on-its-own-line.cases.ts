import { job, pipeline } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "it stands deeper below >": {
      given: job(
        "push",
        "- name: Back up",
        "  run: >",
        "    upsun backup:create --project abcdefghijklm",
        "      --environment main --yes",
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:10:13-10:37",
          message:
            "the step Back up of the job work runs --environment as a command of its own, and backup:create without it, because below >, a deeper line keeps its line end",
          fix: "unsafe: Let the command go on in the line of --environment, because backup:create runs with --environment then, which it never did",
        },
      ],
      fixed: { edits: [{ text: " \\" }] },
    },
    "nothing continues the line before": {
      given: pipeline(
        "backup:",
        "  script:",
        "    - |",
        "      upsun redeploy --project abcdefghijklm",
        "        --yes",
      ),
      finds: [
        {
          severity: "error",
          at: ".gitlab-ci.yml:5:9-5:14",
          message:
            "script line 1 of the job backup runs --yes as a command of its own, and environment:redeploy without it",
          fix: "unsafe: Let the command go on in the line of --yes, because environment:redeploy runs with --yes then, which it never did",
        },
      ],
    },
    "a comment stands between": {
      given: job(
        "push",
        "- run: |",
        "    upsun redeploy --yes \\",
        "      # --no-wait \\",
        `      --project \${{ vars.PROJECT }}`,
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:10:13-10:42",
          message:
            "step 1 of the job work runs --project as a command of its own, and environment:redeploy without it, because a comment ends the command before it",
        },
      ],
    },
  },
  quiet: {
    "the line goes on": job("push", "- run: |", "    upsun redeploy \\", "      --yes"),
    "the job has nothing to do with the CLI": job("push", "- run: |", "    npm ci", "      --all"),
    "another shell runs it": job(
      "push",
      "- run: upsun list",
      "- shell: pwsh",
      "  run: |",
      "    upsun redeploy",
      "      --yes",
    ),
  },
};
