import { replaceInFile, useLineFeeds } from "../../appfile/operations.ts";
import { scriptsOf } from "../../automation/scripts.ts";
import type { TextFile } from "../../yaml/text-file.ts";
import { fileFix } from "../findings/fix.ts";
import { placeAt, placeIn } from "../findings/places.ts";
import { type Rule, rule } from "../rule.ts";

/** A script that is a file of its own has the line ends of Windows. */
export const scriptWithCarriageReturns = rule({
  id: "script-with-carriage-returns",
  severity: "error",
  confidence: "medium",
  needs: "files",
  fixable: "safe",
  what: "An included script, or .environment, has carriage returns at the ends of its lines.",
  why: "YAML removes them from the app's own file, but nothing removes them from an included one: dash gets “set -e” with one more character and stops with an error; and a variable that .environment sets has it at its end. (Manual: “YAML tags”; dash itself.)",
  manual: "learn/overview/yaml/platform-yaml-tags",
  example: { before: "set -e␍␊make␍␊", after: "set -e␊make␊" },
  ignore: "Git changes the line ends when it stores the file, as .gitattributes may say.",
  check: ({ app, environmentFile }) => [
    ...scriptsOf(app)
      .filter(({ script }) => script.style === "included" && script.text.includes("\r\n"))
      .map((from) => {
        const start = from.script.text.indexOf("\r\n");
        return {
          message: `${from.called} is in ${from.script.in.shown}, whose lines end with carriage returns`,
          location: placeIn(from, { start, end: start + 1 }),
          fix: fileFix(
            { title: "Take the carriage returns out", promises: { kind: "line-feeds" }, of: app },
            () => useLineFeeds(from.script),
          ),
        };
      }),
    ...(environmentFile?.text.includes("\r\n") ? inEnvironment(environmentFile) : []),
  ],
});

/** Every hook and cron reads its `.environment` first, and takes the carriage return for a part of the value. */
function inEnvironment(file: TextFile): ReturnType<Rule["check"]> {
  const { text } = file;
  const start = text.indexOf("\r\n");
  const repair = { start: 0, end: text.length, text: text.replaceAll("\r\n", "\n") };
  return [
    {
      message: `${file.shown} has lines that end with carriage returns, which its values then end with too`,
      location: placeAt(file, start, start + 1),
      fix: fileFix({ title: "Take the carriage returns out", disposition: "unsafe" }, () =>
        replaceInFile(file, repair),
      ),
    },
  ];
}
