import { isMap } from "yaml";
import type { AppFile } from "../../appfile/app-file.ts";
import { isTagged } from "../../automation/job-shapes.ts";
import { scriptsOf } from "../../automation/scripts.ts";
import { isMistyped } from "../../edit-distance.ts";
import { hasFlag, positionals } from "../../shell/cli-call.ts";
import type { CliCommand } from "../../shell/script.ts";
import { effectiveEntries, nodeAt } from "../../yaml/nodes.ts";
import { scriptFix } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A source operation is run that no app has. */
export const sourceOperationUnknown = rule({
  id: "source-operation-unknown",
  severity: "warning",
  confidence: "medium",
  needs: "files",
  fixable: "unsafe",
  what: "A script runs a source operation that no app of the project has.",
  why: "Source operations are the ones that an app declares under source.operations. The CLI looks the name up on the environment, and ends with an error where it isn't among them. (Manual: “Source operations”.)",
  manual: "create-apps/source-operations",
  example: {
    before: `platform source-operation:run updates --no-wait
# and in the same file
source:
    operations:
        update:
            command: composer update`,
    after: `platform source-operation:run update --no-wait
# and in the same file
source:
    operations:
        update:
            command: composer update`,
  },
  ignore: "The operation is declared on the branch that the command is for, and not on this one.",
  check: ({ app, apps = [app], hasEveryApp }) => {
    const operations = apps.map(operationsOf);
    if (hasEveryApp !== true || operations.includes(undefined)) return [];
    const names = new Set(operations.flatMap((each) => each ?? []));
    return scriptsOf(app).flatMap((from) =>
      from.reading.commands.flatMap((command) => {
        const operation = operationOf(command);
        if (operation === undefined || names.has(operation.text)) return [];
        const known = [...names];
        const near = known.filter((name) => isMistyped(operation.text, name));
        const meant = near.length === 1 ? near[0] : undefined;
        const has = known.length === 0 ? "none" : known.join(", ");
        const isWritten = from.script.text.slice(operation.start, operation.end) === operation.text;
        return [
          {
            message: `${from.called} runs the source operation ${operation.text}, and the project has ${has}`,
            location: placeIn(from, command),
            ...(meant === undefined || !isWritten
              ? {}
              : {
                  fix: scriptFix(
                    from,
                    { title: `Run the source operation ${meant}`, disposition: "unsafe" },
                    { start: operation.start, end: operation.end, text: meant },
                  ),
                }),
          },
        ];
      }),
    );
  },
});

/** The names of an app's source operations; undefined where they stand in a file that isn't read. */
function operationsOf({ map, commands, source: { document } }: AppFile) {
  const sections = [["source"], ["source", "operations"]].map((path) =>
    nodeAt(map, path, document),
  );
  const [, operations] = sections;
  if (isMap(operations))
    return effectiveEntries(operations, document).map(({ name }) => String(name));
  const read = commands.flatMap(({ of, name }) => (of === "source operation" ? [name] : []));
  return read.length === 0 && sections.some(isTagged) ? undefined : read;
}

/** The word that names the operation; undefined without one, in another project, and where only the run tells it. */
function operationOf(command: CliCommand) {
  if (command.name !== "source-operation:run" || hasFlag(command, "--project", "p"))
    return undefined;
  const [operation] = positionals(command);
  return operation === undefined || /[$`*?]/u.test(operation.text) ? undefined : operation;
}
