import { scriptsOf } from "../../automation/scripts.ts";
import { tokenLeaks } from "../../shell/token-leak.ts";
import { placeIn } from "../places.ts";
import { rule } from "../rule.ts";

/** A script writes the token to a log. */
export const tokenShown = rule({
  id: "token-shown",
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "A script prints the API token, or all variables with it.",
  why: "Logs of builds, deployments and crons are open to everybody with access to the project, and are kept. Whoever reads the token may do what its account may. (Manual: “API tokens”, “Access logs”.)",
  manual: "administration/cli/api-tokens",
  example: { before: 'echo "token: $PLATFORMSH_CLI_TOKEN"', after: 'echo "token is set"' },
  ignore: "The output goes to a file that nobody else reads.",
  check: ({ app }) =>
    scriptsOf(app).flatMap((from) =>
      // At build the token isn't there, as long as nobody asked for it.
      tokenLeaks(from.script.text, from.kind !== "build" && from.reading.commands.length > 0).map(
        ({ says, ...place }) => ({
          message: `${from.called} ${says}`,
          location: placeIn(from, place),
        }),
      ),
    ),
});
