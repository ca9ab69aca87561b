import { type Fact, valueIn } from "../../fact.ts";
import type { TextFile } from "../../yaml/text-file.ts";
import { type LiteralToken, literalTokens } from "../evidence/literal-tokens.ts";
import { byHand } from "../findings/fix.ts";
import { placeAt } from "../findings/places.ts";
import { type AuditFacts, type ProjectFacts, projectRule } from "../rule.ts";

/** The token is in a file of the repository. */
export const tokenInRepository = projectRule({
  id: "token-in-repository",
  severity: "error",
  confidence: "high",
  needs: "files",
  security: "critical",
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
  check: (facts: ProjectFacts & Partial<AuditFacts>) => {
    const own = filesOf(facts);
    const others = valueIn(facts.withTokens ?? noFiles) ?? [];
    return [
      ...[...own.values()].map((file) => ({ file, isOwn: true })),
      ...others.filter(({ shown }) => !own.has(shown)).map((file) => ({ file, isOwn: false })),
    ].flatMap(({ file, isOwn }) =>
      literalTokens(file, isOwn).map((token) => ({
        message: saying(file.shown, token),
        location: placeAt(file, token.start, token.end),
        ...(token.isSure ? {} : { severity: "warning" as const, confidence: "medium" as const }),
        fix: revoke,
      })),
    );
  },
});

const noFiles: Fact<readonly TextFile[]> = { kind: "absent" };

function saying(shown: string, { name, meant, isSure }: LiteralToken): string {
  if (name === undefined)
    return `${shown} has ${isSure ? "" : "what looks like "}an API token in it`;
  const given = `${shown} gives ${name} a value that is in the repository`;
  return meant === undefined ? given : `${given}; the CLI reads ${meant}`;
}

const revoke = byHand("Revoke the token, then take it out", {
  what: "Taking it out of the file isn't enough: it stays in Git's history",
  next: "revoke the token in the Console, make a new one, and set it as a sensitive variable of the environment",
});

/** The files that the app is read from, by the path as people know it; none without an app. */
function filesOf({ app, environmentFile }: Partial<AuditFacts>) {
  if (app === undefined) return new Map<string, TextFile>();
  const { source, includes, called } = app;
  const files: readonly TextFile[] = [
    source,
    ...[...includes.values()].flatMap((each) => (each.kind === "closed" ? [] : [each.in])),
    ...called.values(),
    ...(environmentFile === undefined ? [] : [environmentFile]),
  ];
  return new Map(files.map((file) => [file.shown, file]));
}
