import { type AppScript, inScript, scriptsOf } from "../../automation/scripts.ts";
import {
  type Download,
  installations,
  isVerified,
  uncheckedDownloads,
} from "../../shell/installation.ts";
import { scriptFix } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** What the server says about an error is run as a program. */
export const downloadErrorRun = rule({
  id: "download-error-run",
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "safe",
  what: "A script runs what curl downloads, also when that is the server's error page.",
  why: "Without -f, curl takes a page that says “not found” for a success, and the shell or PHP gets that page to run. (Manual: “API tokens”, whose line has -f; manual page of curl.)",
  manual: "administration/cli/api-tokens",
  example: {
    before: "curl -sSL https://example.com/install.sh | sh",
    after: "curl -f -sSL https://example.com/install.sh | sh",
  },
  ignore: "What is downloaded is checked before it is run.",
  check: ({ app }) =>
    scriptsOf(app).flatMap((from) =>
      ownDownloads(from).map(({ name, nameEnd, ...place }) => ({
        message: `${from.called} runs what it downloads, even an error page`,
        location: placeIn(from, place),
        fix: scriptFix(
          from,
          {
            title: "Have curl fail on an error",
            promises: {
              kind: "words",
              call: { ...inScript(from, place), name },
              change: { add: "-f", after: name },
            },
          },
          { start: nameEnd, end: nameEnd, text: " -f" },
        ),
      })),
    ),
});

/** Those that another rule doesn't tell of: its fix for the CLI's installer sees to the error page too. */
function ownDownloads({ script: { text }, kind }: AppScript): readonly Download[] {
  const told =
    kind === "build"
      ? installations(text).filter(({ way, end }) => way === "php" || !isVerified(text, end))
      : [];
  return uncheckedDownloads(text).filter(({ start }) =>
    told.every((installation) => installation.start !== start),
  );
}
