import type { AppFile } from "../../appfile/app-file.ts";
import { replaceInFile } from "../../appfile/operations.ts";
import { buildInstallers, installFolder } from "../../automation/installers.ts";
import { runtimeCalls } from "../../automation/scripts.ts";
import { shellFlaws } from "../../shell/environment-file.ts";
import { fileFix } from "../findings/fix.ts";
import { placeAt } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** Every shell of the app starts with a broken path, or with words of its own. */
export const pathReplaced = rule({
  id: "path-replaced",
  severity: "warning",
  confidence: "medium",
  needs: "files",
  fixable: "unsafe",
  what: ".environment removes what every shell needs, or prints something.",
  why: "Every shell reads .environment first, that of a cron too. A PATH without the old one hides all programs, the CLI among them; and what is printed there gets in the way of rsync and of the CLI's commands that copy files. (Manual: “Set variables”.)",
  manual: "development/variables/set-variables",
  example: { before: "export PATH=/app/bin", after: 'export PATH="/app/bin:$PATH"' },
  ignore: "The new path has all folders that are needed.",
  check: ({ app, environmentFile }) =>
    environmentFile === undefined
      ? []
      : shellFlaws(environmentFile.text).map(({ says, start, end, endsAll, repair, path }) => ({
          ...saidOf(
            `${environmentFile.shown} ${says}`,
            path === undefined ? [] : notFound(app, path),
          ),
          ...(endsAll === undefined ? {} : { severity: "error" as const }),
          location: placeAt(environmentFile, start, end),
          ...(repair === undefined
            ? {}
            : {
                fix: fileFix(
                  {
                    title:
                      repair.text.trim() === ">&2"
                        ? "Print it to the error output"
                        : "Keep the folders that are in PATH",
                    disposition: "unsafe",
                  },
                  () => replaceInFile(environmentFile, repair),
                ),
              }),
        })),
});

function saidOf(message: string, missing: readonly string[]) {
  const [first] = missing;
  return first === undefined
    ? { message }
    : { message: `${message}: ${first}`, severity: "error" as const };
}

/** What isn't found in a path that is all there is. */
function notFound(app: AppFile, path: string): readonly string[] {
  const folders = path
    .split(":")
    .map((folder) => folder.replace(/^(?:~|\$\{?(?:HOME|PLATFORM_APP_DIR)\}?)(?=\/|$)/u, "/app"));
  // Another variable may hold any folder.
  if (folders.some((folder) => /[$`]/u.test(folder))) return [];
  if (!folders.some((folder) => /^(?:\/usr)?\/bin\/?$/u.test(folder)))
    return ["no hook and no cron finds the programs of the image any more"];
  const [installer] = buildInstallers(app);
  const folder = installer && installFolder(installer.installation);
  const use = runtimeCalls(app).find(({ command }) => command.program === command.binary);
  if (folder === undefined || use === undefined) return [];
  if (folders.some((each) => each.replace(/\/$/u, "") === `/app/${folder}`)) return [];
  return [`${use.from.called} doesn't find ${use.command.binary}, which is in ${folder}`];
}
