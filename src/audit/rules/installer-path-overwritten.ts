import { buildInstallers } from "../../automation/installers.ts";
import { inScript } from "../../automation/scripts.ts";
import { overwritesOf } from "../../shell/installation.ts";
import { scriptFix } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** What the PHP installer wrote to .environment is overwritten. */
export const installerPathOverwritten = rule({
  id: "installer-path-overwritten",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "safe",
  what: "The build hook overwrites .environment after the PHP installer has put the CLI's path there.",
  why: "The PHP installer makes the CLI known by lines in .environment. Whatever writes that file anew with > takes them away, and the cron doesn't find the CLI. (Source of the CLI, `self:install`.)",
  example: {
    before: `curl -fsS https://platform.sh/cli/installer | php
echo 'export A=b' > .environment`,
    after: `curl -fsS https://platform.sh/cli/installer | php
echo 'export A=b' >> .environment`,
  },
  ignore: "The file that is written has the CLI's path in it.",
  check: ({ app }) =>
    buildInstallers(app)
      .filter(({ installation: { way } }) => way === "php")
      .flatMap(({ from, installation }) =>
        overwritesOf(from.script.text, ".environment", installation.end).map((place) => ({
          message: `${from.called} overwrites .environment, where the installer wrote the CLI's path`,
          location: placeIn(from, place),
          fix: scriptFix(
            from,
            {
              title: "Add to .environment instead",
              promises: {
                kind: "appended",
                operator: inScript(from, { start: place.operator, end: place.operator + 1 }),
              },
            },
            { start: place.operator, end: place.operator + 1, text: ">>" },
          ),
        })),
      ),
});
