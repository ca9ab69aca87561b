import { isMap } from "yaml";
import type { AppFile } from "../../appfile/app-file.ts";
import { quoteName } from "../../appfile/operations.ts";
import { type Entry, entriesOf, nodeAt } from "../../yaml/nodes.ts";
import { fileFix } from "../findings/fix.ts";
import { placeAt } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A name that some readers of YAML take for true or false. */
export const booleanLikeName = rule({
  id: "boolean-like-name",
  severity: "warning",
  confidence: "medium",
  needs: "files",
  fixable: "safe",
  what: "A cron, worker, operation or app has a name that some programs read as true or false.",
  why: "In the older YAML that many programs still read, on, off, yes, no, y and n are true and false. The name is then another one, or the file is refused. (Specification of YAML 1.1; manual: “What is YAML?”.)",
  manual: "learn/overview/yaml/what-is-yaml",
  example: { before: "on:\n    spec: '0 5 * * *'", after: "'on':\n    spec: '0 5 * * *'" },
  ignore: "Nothing but the platform reads the file, and it reads it right.",
  check: ({ app }) =>
    names(app)
      .filter((entry) => isBooleanLike(entry, app))
      .map((entry) => ({
        message: `The name ${entry.name} is true or false to some readers of YAML`,
        location: placeAt(app.source, entry.keyStart, entry.keyEnd),
        fix: fileFix(
          { title: `Put ${entry.name} in quotes`, promises: { kind: "same" }, of: app },
          () => quoteName(app.source, entry),
        ),
      })),
});

function names({ map, source: { document }, location }: AppFile): readonly Entry[] {
  const sections = ["crons", "workers", "operations"].map((name) => nodeAt(map, [name], document));
  const group = nodeAt(document.contents, location.path.slice(0, -1), document);
  const own = location.path.at(-1);
  return [
    ...sections.flatMap((section) => (isMap(section) ? entriesOf(section) : [])),
    ...(isMap(group) && typeof own === "string"
      ? entriesOf(group).filter(({ name }) => name === own)
      : []),
  ];
}

function isBooleanLike({ keyStart, keyEnd }: Entry, { source }: AppFile): boolean {
  return /^(?:y|n|yes|no|on|off)$/iu.test(source.text.slice(keyStart, keyEnd));
}
