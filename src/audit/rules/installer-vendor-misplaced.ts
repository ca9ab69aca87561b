import { buildInstallers } from "../../automation/installers.ts";
import { scriptFix } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** The installer is told which CLI to install where it can't hear it. */
export const installerVendorMisplaced = rule({
  id: "installer-vendor-misplaced",
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "unsafe",
  what: "VENDOR stands in front of the download instead of the installer, which doesn't see it.",
  why: "A variable in front of a command is for that command alone: curl gets VENDOR, the installer behind the pipe doesn't, and installs the command platform. (Manual: “API tokens”.)",
  manual: "administration/cli/api-tokens",
  example: {
    before:
      "VENDOR=upsun curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh | bash",
    after:
      "curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh | VENDOR=upsun bash",
  },
  ignore: "Never: the variable has no effect where it is.",
  check: ({ app }) =>
    buildInstallers(app).flatMap(({ from, installation: { misplacedVendor, run } }) => {
      if (misplacedVendor === undefined || run === undefined) return [];
      const { start, end, text } = misplacedVendor;
      const blanks = /^\s*/u.exec(from.script.text.slice(end))?.[0].length ?? 0;
      const between = from.script.text.slice(end + blanks, run.start);
      return [
        {
          message: `${from.called} gives ${text} to the download, and the installer doesn't see it`,
          location: placeIn(from, misplacedVendor),
          fix: scriptFix(
            from,
            { title: `Put ${text} in front of the installer`, disposition: "unsafe" },
            { start, end: run.start, text: `${between}${text} ` },
          ),
        },
      ];
    }),
});
