import { replaceInFile } from "../../appfile/operations.ts";
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
  check: ({ environmentFile }) =>
    environmentFile === undefined
      ? []
      : shellFlaws(environmentFile.text).map(({ says, start, end, repair }) => ({
          message: `${environmentFile.shown} ${says}`,
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
