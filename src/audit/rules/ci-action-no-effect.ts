import { ciUsesIn, placeOfSpot, stepOfJob } from "../findings/ci-findings.ts";
import { byHand } from "../findings/fix.ts";
import { projectRule } from "../rule.ts";

/** An action is told to run a command that it doesn't know, and succeeds. */
export const ciActionNoEffect = projectRule({
  id: "ci-action-no-effect",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "The vendor's action is told to run a command of the CLI, which it doesn't do, and succeeds.",
  why: "upsun/action-cli knows one command, route:list. Any other is answered with “Undefined Command” in the log, and the step is green: nothing was backed up, deployed or synchronised. (Source of the action.)",
  example: {
    before: "uses: upsun/action-cli@v1\nwith:\n  command: backup:create",
    after:
      "uses: upsun/action-cli@v1\n…\nrun: upsun backup:create --project PROJECT --environment main --yes --wait",
  },
  ignore: "Never: the step does nothing but install the CLI.",
  check: (facts) =>
    ciUsesIn(facts).flatMap(({ job }) =>
      job.steps.flatMap((step) => {
        const runs = step.kind === "action" ? step.known?.runs : undefined;
        if (step.kind !== "action" || runs === undefined) return [];
        const command = step.inputs.get(runs.input);
        if (command === undefined || ["", ...runs.commands].includes(command.text.trim()))
          return [];
        return {
          message: `${stepOfJob(step, job)} is to run ${command.text}, which the action doesn't do, and succeeds`,
          location: placeOfSpot(command.spot),
          fix: byHand("Run the command in a step of its own", {
            what: "How the command is to wait, and for which environment, only you know",
            next: "take command out, and add a step behind it that runs the CLI, with the token in its env",
          }),
        };
      }),
    ),
});
