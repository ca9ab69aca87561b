import { job, pipeline } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

const installer = "curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh";

/** A job that installs a release of the CLI and runs this. */
const withCli = (line: string, release = "VERSION=5.11.1") =>
  job("push", `- run: ${installer} | ${release} bash`, `- run: ${line}`);

export const cases: RuleCases = {
  fires: {
    "an option is cut short, and its value is an expression": {
      given: withCli(`upsun redeploy --project PROJECT --env \${{ github.ref_name }} --yes --wait`),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:8:47-8:52",
          message:
            "step 2 of the job work calls environment:redeploy with --env, which it doesn't have, so that it ends with an error; did you mean --environment?",
          fix: "unsafe: Write --environment, because environment:redeploy runs then, which it never did",
        },
      ],
      fixed: { edits: [{ text: "--environment" }] },
    },
    "a command that waits for nothing is told to wait": {
      given: pipeline("dump:", "  script:", "    - upsun db:dump --wait --yes -f dump.sql"),
      finds: [
        {
          severity: "error",
          at: ".gitlab-ci.yml:3:21-3:27",
          message:
            "script line 1 of the job dump calls db:dump with --wait, which it doesn't have, so that it ends with an error",
          fix: "unsafe: Take --wait out, because db:dump runs then, which it never did",
        },
      ],
    },
  },
  quiet: {
    "the options are the command's": withCli(
      "upsun redeploy --project PROJECT --environment main --yes --wait",
    ),
    "a release before the fifth": withCli("upsun redeploy --env main --yes", "VERSION=4.20.0"),
  },
};
