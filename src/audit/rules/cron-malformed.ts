import { isMap, isScalar } from "yaml";
import type { AppFile, Cron } from "../../appfile/app-file.ts";
import { inPlaceOf, ofApp } from "../../appfile/by-hand.ts";
import {
  nestCommand,
  nestText,
  renameKey,
  renameToCommands,
  unlistCommand,
} from "../../appfile/operations.ts";
import {
  isTagged,
  type MisshapenCron,
  misshapenCrons,
  shapeOf,
} from "../../automation/job-shapes.ts";
import { nodeAt, ownEntry, rangeOf, valueAt } from "../../yaml/nodes.ts";
import type { ByHand } from "../../yaml/proof.ts";
import type { FixPlan } from "../finding.ts";
import { byHand, fileFix } from "../findings/fix.ts";
import { placeAt } from "../findings/places.ts";
import { strayFindings } from "../findings/stray-sections.ts";
import { type Problem, rule } from "../rule.ts";

/** What stands where a cron is expected is no cron, or its command isn't where it is looked for. */
export const cronMalformed = rule({
  id: "cron-malformed",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "unsafe",
  what: "A cron isn't a mapping with its command as the text of commands.start, or its time limit isn't a number of seconds that the platform allows; or the crons stand where none are looked for.",
  why: "Below crons each key is the name of a cron, and holds a mapping with spec, and with commands, which holds the command as start. The platform refuses a file in another form, so that nothing of it is deployed. timeout and shutdown_timeout are numbers of seconds, timeout 86400 at the most. (Manual: “Crons”.)",
  manual: "create-apps/image-properties/crons",
  example: {
    before: `crons:
    clean:
        spec: '0 5 * * *'
        commands:
            - ./clean.sh`,
    after: `crons:
    clean:
        spec: '0 5 * * *'
        commands:
            start: ./clean.sh`,
  },
  ignore: "Never: the file is refused.",
  check: ({ app }) => [...ofSection(app), ...strayFindings(app, ["crons"])],
});

function ofSection(app: AppFile): readonly Problem[] {
  const section = ownEntry(app.map, "crons");
  const held = nodeAt(app.map, ["crons"], app.source.document);
  const isEmpty = isTagged(held) || shapeOf(held) === "nothing";
  if (section !== undefined && !isMap(held) && !isEmpty)
    return [
      {
        message: `crons holds ${shapeOf(held)}, where a mapping of crons is expected`,
        location: placeAt(app.source, section.keyStart, section.keyEnd),
        fix: byHand("Write the crons below it", onlyYouKnow),
      },
    ];
  return [
    ...misshapenCrons(app).map((misshapen) => ({
      message: saying(misshapen),
      ...(misshapen.kind === "empty" || misshapen.kind === "another" ? inDoubt : {}),
      ...placeAndFix(app, misshapen),
    })),
    ...app.crons.flatMap((cron) => limits.flatMap((key) => limitWithoutNumber(cron, key))),
    ...app.crons.flatMap(overlong),
  ];
}

/** It isn't documented whether such a file is refused. */
const inDoubt = { severity: "warning" } as const;

/** The keys of a cron that hold seconds (platform manual, "Crons"). */
const limits = ["timeout", "shutdown_timeout"] as const;

/** `timeout: 1h`. Digits in quotes are left alone: the platform may read them as a number. */
function limitWithoutNumber({ name, map, in: file }: Cron, key: (typeof limits)[number]) {
  const entry = map && ownEntry(map, key);
  const node = map && nodeAt(map, [key], file.document);
  const isEmpty = isTagged(node) || shapeOf(node) === "nothing";
  if (entry === undefined || isEmpty || (isScalar(node) && isWholeNumber(node.value))) return [];
  const text = isScalar(node) ? file.text.slice(...rangeOf(node)) : "";
  const written = /^.{1,40}$/u.test(text) ? text : shapeOf(node);
  return [
    {
      message: `${key} of the cron ${name} is ${written}, where a number of seconds is expected`,
      location: placeAt(file, entry.keyStart, entry.keyEnd),
      fix: byHand("Write it in seconds", {
        what: "How long it may take, only you know",
        next: "write a whole number of seconds, as in 3600 for an hour",
      }),
    },
  ];
}

function isWholeNumber(value: unknown): boolean {
  return /^\d+$/u.test(String(value));
}

/** As long as a cron may take, in seconds, and as it may without a limit of its own (platform manual, "Crons"). */
const longest = 86_400;

function overlong({ name, map, in: file }: Cron) {
  const entry = map && ownEntry(map, "timeout");
  const node = map && nodeAt(map, ["timeout"], file.document);
  if (entry === undefined || !isScalar(node)) return [];
  if (typeof node.value !== "number" || node.value <= longest) return [];
  return [
    {
      message: `timeout of the cron ${name} is ${node.value}, and ${longest} seconds, a day, is the most`,
      severity: "warning" as const,
      location: placeAt(file, entry.keyStart, entry.keyEnd),
      fix: byHand(`Leave it at ${longest} or less`, {
        what: "How long it may take, only you know",
        next: `write ${longest}, which is also what counts without timeout, or less`,
      }),
    },
  ];
}

function saying(misshapen: MisshapenCron): string {
  const { name } = misshapen.cron;
  switch (misshapen.kind) {
    case "no mapping":
      return name === "timezone"
        ? "timezone stands among the crons; it belongs beside crons, as a key of the app"
        : `The cron ${name} ${misshapen.shape === "nothing" ? "holds nothing" : `is ${misshapen.shape}`}, where a mapping with spec and commands is expected`;
    case "start":
      return `commands.start of the cron ${name} is ${misshapen.shape}, where one text is expected`;
    case "no command":
      return `The cron ${name} has no command: commands.start is missing`;
    case "empty":
      return `The cron ${name} has nothing to run: ${misshapen.key} is empty`;
    case "another":
      return `The cron ${name} has ${misshapen.key} beside ${misshapen.cron.key}, and a cron has no such key`;
    case "not start":
      return misshapen.shape === "a text"
        ? `The cron ${name} has its command as commands.${misshapen.key}, and commands.start is missing`
        : `commands.${misshapen.key} of the cron ${name} is ${misshapen.shape}, and commands.start is missing`;
    case "elsewhere": {
      const { key, shape } = misshapen;
      return key === "commands" || key === "cmd"
        ? `${key} of the cron ${name} is ${shape}, where ${key === "cmd" ? "a text" : "a mapping with start"} is expected`
        : `The cron ${name} has its command as ${key} beside spec, and commands.start is missing`;
    }
  }
}

function placeAndFix(app: AppFile, misshapen: MisshapenCron) {
  const { cron } = misshapen;
  const key = keyOf(misshapen);
  const entry = key === undefined ? undefined : cron.map && entryAt(cron, ...key);
  return {
    location: placeAt(cron.in, entry?.keyStart ?? cron.nameStart, entry?.keyEnd ?? cron.nameEnd),
    fix: fixOf(app, misshapen),
  };
}

function keyOf(misshapen: MisshapenCron): readonly [string, ...string[]] | undefined {
  switch (misshapen.kind) {
    case "start":
      return ["commands", "start"];
    case "not start":
      return ["commands", misshapen.key];
    case "empty":
      return misshapen.key === "cmd" ? ["cmd"] : ["commands", "start"];
    case "elsewhere":
    case "another":
      return [misshapen.key];
    case "no mapping":
    case "no command":
      return undefined;
  }
}

/** The entry of a cron at a path, or the last one on the way to it that stands there itself. */
function entryAt({ map, in: file }: Cron, first: string, second?: string) {
  const outer = map && ownEntry(map, first);
  const node = second === undefined ? undefined : nodeAt(map, [first], file.document);
  const inner = second !== undefined && isMap(node) ? ownEntry(node, second) : undefined;
  const isHere = outer !== undefined && inner !== undefined && inner.keyStart > outer.keyStart;
  return isHere ? inner : outer;
}

/** Where it is certain what was meant, it can be written as the manual has it; but the cron has never run so far. */
function fixOf(app: AppFile, misshapen: MisshapenCron): FixPlan {
  const { cron } = misshapen;
  if (misshapen.kind === "no mapping")
    return byHand(
      cron.name === "timezone" ? "Write it beside crons" : "Write it as the manual has it",
      onlyYouKnow,
    );
  if (misshapen.kind === "no command" || misshapen.kind === "empty")
    return byHand("Give it a command", {
      what: "What it is to run, only you know",
      next: "write the command below commands, as start, or take the cron out",
    });
  if (misshapen.kind === "another")
    return byHand("Leave one command", {
      what: "Which of the two is meant, only you know",
      next: "write the one that is meant below commands, as start, and take the other out",
    });
  const title = { title: "Write it as commands.start", disposition: "unsafe" } as const;
  const way = { next: "write the command below commands, as start" };
  const { shape } = misshapen;
  const [first, ...below] = keyOf(misshapen) ?? ["commands"];
  const path = ["crons", cron.name, first, ...below];
  const wanted = below.length > 0 ? ["start"] : ["commands", "start"];
  if (misshapen.kind === "elsewhere" && shape === "a text")
    return fileFix(title, () => nestCommand(app, cron, first));
  if (misshapen.kind === "not start" && shape === "a text")
    return fileFix(title, () => renameKey(app, path, "start", way));
  if (misshapen.kind === "elsewhere" && shape === "a mapping" && holdsStart(cron, first))
    return fileFix({ ...title, title: `Call ${first} commands` }, () =>
      renameToCommands(app, cron, first),
    );
  if (textsIn(app, cron, first, ...below)?.length === 1)
    return fileFix(title, () =>
      path.at(-1) === "commands" ? unlistCommand(app, cron) : nestText(app, path, wanted, way, [0]),
    );
  if (first === "commands" && below.length === 0 && isListOfStart(app, cron))
    return fileFix(title, () => nestText(app, path, wanted, way, [0, "start"]));
  return byHand("Write it as one text below commands.start", {
    what: "Whether a command that fails is to end the others, only you know",
    next: "write the commands below start, one a line",
    ...pastedFor(app, misshapen),
  });
}

/** The commands of a list as the one text that they are to be, in the place of what holds them. */
function pastedFor(app: AppFile, misshapen: MisshapenCron): Partial<ByHand> {
  const { cron } = misshapen;
  const path = keyOf(misshapen) ?? [];
  const [key, above] = [path.at(-1) ?? "", path.slice(0, -1)];
  const lines = textsIn(app, cron, ...path)?.flatMap((text) => text.trimEnd().split("\n"));
  const map = nodeAt(cron.map, above, cron.in.document);
  if (lines === undefined || !isMap(map)) return {};
  const keys = above.length > 0 ? ["start"] : ["commands", "start"];
  return inPlaceOf([...above, key].join("."), keys, lines, {
    ...ofApp(app),
    text: cron.in.text,
    map,
  });
}

/** Whether `commands` is a list of one mapping that has start alone: a dash too many. */
function isListOfStart(app: AppFile, cron: Cron): boolean {
  const items = valueIn(app, cron, "commands");
  const [item, second] = Array.isArray(items) ? items : [];
  return (
    second === undefined &&
    item instanceof Map &&
    item.size === 1 &&
    typeof item.get("start") === "string"
  );
}

/** Whether a mapping is what commands should be: start, and at most stop. */
function holdsStart(cron: Cron, key: string): boolean {
  const node = cron.map && nodeAt(cron.map, [key], cron.in.document);
  if (!isMap(node)) return false;
  const names = node.items.map((pair) => String(pair.key));
  return names.includes("start") && names.every((name) => name === "start" || name === "stop");
}

/** The items of a list of texts; undefined where it is something else. */
function textsIn(
  app: AppFile,
  cron: Cron,
  ...path: readonly string[]
): readonly string[] | undefined {
  const items = valueIn(app, cron, ...path);
  if (!Array.isArray(items) || items.length === 0) return undefined;
  const texts = items.flatMap((item: unknown) => (typeof item === "string" ? [item] : []));
  return texts.length === items.length ? texts : undefined;
}

function valueIn(
  { source, location }: AppFile,
  { name, in: file }: Cron,
  ...path: readonly string[]
): unknown {
  const top = file === source ? [...location.path, "crons", name] : [name];
  return valueAt(file.value, [...top, ...path]);
}

const onlyYouKnow = {
  what: "What it was meant to be, only you know",
  next: "give each cron a name, and below that spec and commands; put other keys where they belong",
};
