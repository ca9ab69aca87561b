import { isScalar } from "yaml";
import { setKey } from "../../appfile/operations.ts";
import { runtimeCalls } from "../../automation/scripts.ts";
import { changesPlatform } from "../../shell/cli-call.ts";
import { nodeAt, rangeOf } from "../../yaml/nodes.ts";
import { fileFix } from "../findings/fix.ts";
import { placeAt } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** Whoever may look at the project can read the token of its machine user. */
export const sshOpen = rule({
  id: "ssh-open",
  severity: "warning",
  confidence: "medium",
  needs: "files",
  fixable: "unsafe",
  what: "Viewers may open a shell in an app that holds a token with more rights than theirs.",
  why: "A shell shows every variable, the token too, and whoever has the token may do what its account may. The app changes things on the platform, so its token has the rights to. (Manual: “Access”, “API tokens”.)",
  manual: "create-apps/image-properties/access",
  example: { before: "access:\n    ssh: viewer", after: "access:\n    ssh: admin" },
  ignore: "The viewers are trusted as the machine user is, or they need the shell.",
  check: ({ app }) => {
    const node = nodeAt(app.map, ["access", "ssh"], app.source.document);
    if (!isScalar(node) || node.value !== "viewer") return [];
    if (!runtimeCalls(app).some(({ command }) => changesPlatform(command))) return [];
    return [
      {
        message: `Viewers may open a shell in ${app.name}, and read the token there`,
        location: placeAt(app.source, ...rangeOf(node)),
        fix: fileFix({ title: "Let only admins open a shell", disposition: "unsafe" }, () =>
          setKey(app, ["access", "ssh"], "admin"),
        ),
      },
    ];
  },
});
