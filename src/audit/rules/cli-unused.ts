import { buildInstallers } from "../../automation/installers.ts";
import { readsEveryJob } from "../../automation/job-shapes.ts";
import { hasGap, scriptsOf } from "../../automation/scripts.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** The CLI is installed, and nothing in the app calls it. */
export const cliUnused = rule({
  id: "cli-unused",
  severity: "info",
  confidence: "low",
  needs: "files",
  fixable: "by-hand",
  what: "The build hook installs the CLI, and no script of the app calls it.",
  why: "Each build downloads it for nothing, and a token that was made for it stays readable in the container. (Manual: “API tokens”.)",
  manual: "administration/cli/api-tokens",
  example: {
    before: `hooks:
    build: |
        curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh | bash
        make`,
    after: `hooks:
    build: |
        make`,
  },
  ignore: "People or programs use it over SSH, or a script calls it that the audit doesn't read.",
  check: ({ app }) => {
    const [first] = buildInstallers(app);
    if (first === undefined || !readsEveryJob(app)) return [];
    const { from, installation } = first;
    const calls = scriptsOf(app).some(
      ({ kind, reading }) => kind !== "build" && reading.commands.length > 0,
    );
    // The manual's line for installing ends with the bare command, to see whether it is there.
    const build = from.reading.commands.some(({ name }) => name !== "");
    if (calls || build || scriptsOf(app).some(hasGap)) return [];
    return [
      {
        message: `${from.called} installs the CLI, but nothing in ${app.name} calls it`,
        location: placeIn(from, installation),
      },
    ];
  },
});
