import { job } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "it is to make a backup": {
      given: job("push", "- uses: upsun/action-cli@v1", "  with:", "    command: backup:create"),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:9:11-9:33",
          message:
            "step 1 of the job work is to run backup:create, which the action doesn't do, and succeeds",
          fix: "by hand: Run the command in a step of its own",
        },
      ],
    },
  },
  quiet: {
    "it is to list the routes": job(
      "push",
      "- uses: upsun/action-cli@v1",
      "  with:",
      "    command: route:list",
    ),
    "it only installs the CLI": job("push", "- uses: upsun/action-cli@v1"),
    "another action has an input of that name": job(
      "push",
      "- uses: upsun/action-cli@v1",
      "- uses: example/run@v1",
      "  with:",
      "    command: backup:create",
    ),
  },
};
