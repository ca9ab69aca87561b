import { scriptsOf } from "../../automation/scripts.ts";
import { strandedOptions } from "../../shell/stranded-options.ts";
import { joiningTitle, saysOfStranded } from "../evidence/stranded-option.ts";
import { scriptFix } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** An option stands on a line of its own, and the command before it is run without it. */
export const optionOnItsOwnLine = rule({
  id: "option-on-its-own-line",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "unsafe",
  what: "An option stands on a line of its own, where the shell takes it for a command, and runs the command before it without it.",
  why: "A command ends with its line, unless a \\ is the very last character of the line. Below >, YAML joins the lines only that are as deep as the first: a deeper one keeps its line end. The shell then finds no program of the option's name. (Manual: “What is YAML?”.)",
  manual: "learn/overview/yaml/what-is-yaml",
  example: {
    before: "platform backup:create\n    --yes --no-wait --live",
    after: "platform backup:create \\\n    --yes --no-wait --live",
  },
  ignore: "Never: no program has such a name.",
  check: ({ app }) =>
    scriptsOf(app).flatMap((from) =>
      strandedOptions(from.script.text, from.shell).map(({ repair, ...options }) => ({
        message: `${from.called} ${saysOfStranded(options, from.script.style === "folded")}`,
        location: placeIn(from, options),
        ...(repair === undefined ? {} : { fix: scriptFix(from, joiningTitle(options), repair) }),
      })),
    ),
});
