import { strandedOptions } from "../../shell/stranded-options.ts";
import { joiningTitle, saysOfStranded } from "../evidence/stranded-option.ts";
import { ciUsesIn, partFix, placeInPart, stepOfJob } from "../findings/ci-findings.ts";
import { projectRule } from "../rule.ts";

/** An option stands on a line of its own in a job, and the command before it is run without it. */
export const ciOptionOnItsOwnLine = projectRule({
  id: "ci-option-on-its-own-line",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "unsafe",
  what: "An option stands on a line of its own in a CI job, where the shell takes it for a command, and runs the command before it without it.",
  why: "A command ends with its line, unless a \\ is the very last character of the line. Below >, YAML joins the lines only that are as deep as the first: a deeper one keeps its line end. The shell then finds no program of the option's name. (Specification of YAML, “Line Folding”.)",
  example: {
    before: 'run: >\n  upsun environment:delete "$BRANCH" --yes\n    --no-delete-branch',
    after: 'run: >\n  upsun environment:delete "$BRANCH" --yes \\\n    --no-delete-branch',
  },
  ignore: "Never: no program has such a name.",
  check: (facts) =>
    ciUsesIn(facts).flatMap(({ job, parts }) =>
      parts.flatMap((part) =>
        strandedOptions(part.text, "bash").map(({ repair, ...options }) => ({
          message: `${stepOfJob(part.step, job)} ${saysOfStranded(options, part.script.style === "folded")}`,
          location: placeInPart(part, options),
          ...(repair === undefined
            ? {}
            : { fix: partFix(part, job, joiningTitle(options), repair) }),
        })),
      ),
    ),
});
