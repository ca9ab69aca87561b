import { isMap, isScalar } from "yaml";
import type { AppFile } from "../../appfile/app-file.ts";
import { type Entry, effectiveEntries, nodeAt } from "../../appfile/nodes.ts";
import { scriptsOf } from "../../automation/scripts.ts";
import { isSecretLike, isTokenName, literalTokens } from "../../shell/literal-token.ts";
import { byHand } from "../fix.ts";
import { placeAt, placeIn } from "../places.ts";
import { rule } from "../rule.ts";

/** The token is in a file of the repository. */
export const tokenInRepository = rule({
  id: "token-in-repository",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "An API token is written into a file of the repository.",
  why: "Everybody who has the code has the token, with all rights of its account, and Git keeps it for ever. A variable of the file also gives way to one of the same name on the platform, so a leak may go unnoticed. (Manual: “Variables” of an app, “API tokens”.)",
  manual: "create-apps/image-properties/variables",
  example: {
    before: "variables:\n    env:\n        PLATFORMSH_CLI_TOKEN: …the token…",
    after:
      "# a sensitive variable of the environment, on the platform:\n# env:PLATFORMSH_CLI_TOKEN",
  },
  ignore: "It is no token but an example.",
  check: ({ app, environmentFile }) => [
    ...variablesOf(app)
      .filter(({ name, value }) => isTokenName(String(name)) && isSecretLike(textOf(value)))
      .map(({ name, keyStart, keyEnd }) => ({
        message: `${name} has its value in the repository`,
        location: placeAt(app.source, keyStart, keyEnd),
        fix: revoke,
      })),
    ...scriptsOf(app).flatMap((from) =>
      literalTokens(from.script.text).map(({ name, ...place }) => ({
        message: `${from.called} gives ${name} a value that is in the repository`,
        location: placeIn(from, place),
        fix: revoke,
      })),
    ),
    ...(environmentFile === undefined
      ? []
      : literalTokens(environmentFile.text).map(({ name, start, end }) => ({
          message: `${environmentFile.shown} gives ${name} a value that is in the repository`,
          location: placeAt(environmentFile, start, end),
          fix: revoke,
        }))),
  ],
});

const revoke = byHand("Revoke the token, then take it out", {
  what: "Taking it out of the file isn't enough: it stays in Git's history",
  next: "revoke the token in the Console, make a new one, and set it as a sensitive variable of the environment",
});

/** What stands below `variables`, one level deeper than its groups, of the app and of its workers. */
function variablesOf({ map, source: { document } }: AppFile): readonly Entry[] {
  const workers = nodeAt(map, ["workers"], document);
  const holders = [
    map,
    ...(isMap(workers) ? effectiveEntries(workers, document).map(({ value }) => value) : []),
  ];
  return holders.flatMap((holder) => {
    const variables = nodeAt(holder, ["variables"], document);
    if (!isMap(variables)) return [];
    return effectiveEntries(variables, document).flatMap((entry) => {
      const group = nodeAt(entry.value, [], document);
      return isMap(group) ? effectiveEntries(group, document) : [entry];
    });
  });
}

function textOf(value: unknown): string {
  return isScalar(value) && typeof value.value === "string" ? value.value : "";
}
