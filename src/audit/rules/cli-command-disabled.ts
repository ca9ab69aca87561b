import { scriptsOf } from "../../automation/scripts.ts";
import { leftOutSaid } from "../evidence/missing-command.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** The CLI of another vendor doesn't have all that platform has. */
export const cliCommandDisabled = rule({
  id: "cli-command-disabled",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "A script calls a command that the CLI of this vendor leaves out.",
  why: "The CLI for Upsun leaves out commands that were replaced long ago, and the one for OVHcloud those for projects and users. Called, it says that there is no such command. (Source of the CLI, `upsun-cli.yaml`; ovh/webpaas-cli, `config.yaml`.)",
  example: {
    before: "upsun variable:set env:RELEASE 42",
    after: "upsun variable:update env:RELEASE --value 42",
  },
  ignore: "Never: the command fails.",
  check: ({ app }) =>
    scriptsOf(app).flatMap((from) =>
      from.reading.commands.flatMap((command) => {
        const leftOut = leftOutSaid(command);
        if (leftOut === undefined) return [];
        const { says, fix } = leftOut;
        return { message: `${from.called} calls ${says}`, location: placeIn(from, command), fix };
      }),
    ),
});
