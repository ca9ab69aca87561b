import { runningCommands, scriptsOf } from "../../automation/scripts.ts";
import { allVendors } from "../../vendors/registry.ts";
import { byHand } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A script logs in with a command that needs a person. */
export const loginWithoutPerson = rule({
  id: "login-without-person",
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "A script logs in with a command that asks a person, where there is none.",
  why: "The command opens a browser or asks for a token, and refuses to without a terminal, so that it always fails in a hook or a cron. It isn't needed either: the CLI logs in with the token in its variable. (Manual: “API tokens”.)",
  manual: "administration/cli/api-tokens",
  example: {
    before: "platform login\nplatform backup:create --yes --no-wait",
    after: "platform backup:create --yes --no-wait",
  },
  ignore: "A person starts the script, in a terminal.",
  check: ({ app }) =>
    scriptsOf(app).flatMap((from) =>
      runningCommands(from)
        .filter(({ name }) => asking.has(name))
        .map((command) => ({
          message: `${from.called} runs ${command.name}, which needs a person at a terminal`,
          location: placeIn(from, command),
          fix: byHand("Take it out", {
            what: "Whether the commands behind it depend on its outcome, only you know",
            next: `set the token as ${tokenFor(command.binary)} on the environment; the CLI logs in with it by itself`,
          }),
        })),
    ),
});

const asking = new Set(["auth:browser-login", "auth:api-token-login"]);

function tokenFor(binary: string): string {
  const vendor = allVendors.find((each) => each.binary === binary) ?? allVendors[0];
  return vendor?.tokenVariable ?? "its variable";
}
