import { isMap } from "yaml";
import type { AppFile } from "../../appfile/app-file.ts";
import { inPlaceOf, ofApp } from "../../appfile/by-hand.ts";
import { nestText, renameKey } from "../../appfile/operations.ts";
import { type MisshapenCommand, misshapenCommands } from "../../automation/job-shapes.ts";
import { nodeAt, type Path, valueAt } from "../../yaml/nodes.ts";
import type { ByHand } from "../../yaml/proof.ts";
import type { FixPlan } from "../finding.ts";
import { byHand, fileFix } from "../findings/fix.ts";
import { placeAt } from "../findings/places.ts";
import { strayFindings } from "../findings/stray-sections.ts";
import { rule } from "../rule.ts";

/** The command of the web instance, of a worker, of an operation or of a task isn't where it is looked for. */
export const commandMalformed = rule({
  id: "command-malformed",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "unsafe",
  what: "The web instance, a worker, an operation or a task doesn't have its command as one text in the place that the manual names; or they stand where none are looked for.",
  why: "The web instance, each worker and each operation hold commands, a mapping with start; a source operation holds command, a text; a task holds run, a mapping with command. The platform refuses a file in another form, or one that has nothing to run. (Manual: “Web”, “Workers”, “Runtime operations”, “Source operations”, “Tasks”.)",
  manual: "create-apps/image-properties/workers",
  example: {
    before: `operations:
    rebuild:
        commands: bin/rebuild`,
    after: `operations:
    rebuild:
        commands:
            start: bin/rebuild`,
  },
  ignore: "Never: the file is refused.",
  check: ({ app }) => [
    ...misshapenCommands(app).map((command) => ({
      message: saying(command),
      location: placeAt(command.in, command.entry.keyStart, command.entry.keyEnd),
      fix: fixOf(app, command),
    })),
    ...strayFindings(app, ["workers", "operations", "tasks"]),
  ],
});

/**
 * How many keys down from the application what a command is of stands: `web`, `workers.NAME`, `source.operations.NAME`;
 * a task is there itself.
 */
function depthOf({ path, wanted }: MisshapenCommand): number {
  if (wanted?.[0] === "run") return path.length > 1 ? 1 : 0;
  return path[0] === "web" ? 1 : path[0] === "source" ? 3 : 2;
}

function saying(command: MisshapenCommand): string {
  const { of, path, shape, wanted } = command;
  if (wanted === undefined) return `${of} holds ${shape}, where a mapping is expected`;
  const depth = depthOf(command);
  const belongs = wanted.slice(depth).join(".");
  const key = path.slice(depth).join(".");
  if (key === "")
    return shape === "a mapping"
      ? `${of} has no command: ${belongs} is missing`
      : `${of} ${shape === "nothing" ? "holds nothing" : `is ${shape}`}, where a mapping with ${belongs} is expected`;
  if (key === "commands" && shape === "a mapping" && belongs === "commands.start")
    return `${of} has no command: ${belongs} is missing`;
  if (key === "commands" && belongs === "commands.start")
    return `${of} has ${shape} as commands, where a mapping with start is expected`;
  return isScriptKey.test(key) || key === belongs
    ? `${of} has ${shape} as ${key}, where one text is expected`
    : `${of} has its command as ${key}, and ${belongs} is missing`;
}

/** What holds a text below commands. */
const isScriptKey = /^commands\.(?:start|pre_start|post_start|stop)$/u;

/** Where it is certain what was meant, it can be written as the manual has it; but it has never run so far. */
function fixOf(app: AppFile, command: MisshapenCommand): FixPlan {
  const { path, shape, wanted } = command;
  if (wanted === undefined)
    return byHand("Write it as the manual has it", {
      what: "What it was meant to be, only you know",
      next: "give each a name, and below that its command",
    });
  const depth = depthOf(command);
  const keys = wanted.slice(depth);
  const title = { title: `Write it as ${keys.join(".")}`, disposition: "unsafe" } as const;
  const way: ByHand = { next: `write the command below ${keys.join(", and that below ")}` };
  const last = path.at(-1) ?? "";
  // Below commands, the keys from there on are those that are missing.
  const missing = path.length > depth + 1 ? keys.slice(path.length - depth - 1) : keys;
  const below = path.length === depth ? [last, ...keys] : missing;
  const inner = textWithin(app, path);
  if (inner !== undefined) return fileFix(title, () => nestText(app, path, below, way, inner));
  if (shape === "a mapping" && keys[0] === "commands" && holdsStart(app, path))
    return fileFix({ ...title, title: `Call ${last} commands` }, () =>
      renameKey(app, path, "commands", way),
    );
  if (shape === "a text") {
    return fileFix(title, () =>
      below.length === 1
        ? renameKey(app, path, String(below[0] ?? ""), way)
        : nestText(app, path, below, way),
    );
  }
  const lines = linesIn(app, path);
  return byHand(`Write it as one text below ${keys.join(".")}`, {
    what:
      lines === undefined
        ? "What it is to run, only you know"
        : "Whether a command that fails is to end the others, only you know",
    next: way.next,
    ...(lines === undefined ? {} : pasted(app, path, wanted, lines)),
  });
}

/** The way from a value to the one text that is all of it: of a list of one, or of a mapping with nothing but a command. */
function textWithin({ source, location }: AppFile, path: Path): Path | undefined {
  const value = valueAt(source.value, [...location.path, ...path]);
  const isList = Array.isArray(value);
  const [only, second] = isList ? value : [value];
  if (second !== undefined) return undefined;
  if (isList && typeof only === "string") return [0];
  if (!(only instanceof Map) || only.size !== 1) return undefined;
  const [[key, text] = []] = only;
  const isCommand = ["start", "command", "commands", "cmd", "run"].some((name) => name === key);
  if (!isCommand || typeof key !== "string" || typeof text !== "string" || text === "")
    return undefined;
  return isList ? [0, key] : [key];
}

/** Whether a mapping is what commands should be. */
function holdsStart({ source, location }: AppFile, path: Path): boolean {
  const value = valueAt(source.value, [...location.path, ...path]);
  const keys = ["start", "pre_start", "post_start", "stop"];
  return (
    value instanceof Map &&
    typeof value.get("start") === "string" &&
    [...value.keys()].every((key) => keys.some((known) => known === key))
  );
}

/** The items of a list of texts, or the text that is all of a mapping; undefined where it is something else. */
function linesIn({ source, location }: AppFile, path: Path): readonly string[] | undefined {
  const value = valueAt(source.value, [...location.path, ...path]);
  const items: readonly unknown[] =
    value instanceof Map && value.size === 1
      ? [...value.values()]
      : Array.isArray(value)
        ? value
        : [];
  const lines = items.flatMap((item) =>
    typeof item === "string" ? item.trimEnd().split("\n") : [],
  );
  return lines.length > 0 &&
    lines.length >= items.length &&
    items.every((item) => typeof item === "string")
    ? lines
    : undefined;
}

/** The command as the one text that it is to be, in the place of what holds it. */
function pasted(app: AppFile, path: Path, wanted: Path, lines: readonly string[]): Partial<ByHand> {
  const map = nodeAt(app.map, path.slice(0, -1), app.source.document);
  return isMap(map)
    ? inPlaceOf(path.join("."), wanted.slice(path.length - 1), lines, { ...ofApp(app), map })
    : {};
}
