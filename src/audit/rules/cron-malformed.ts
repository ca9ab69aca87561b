import { isMap, isScalar } from "yaml";
import type { Cron } from "../../appfile/app-file.ts";
import { effectiveEntries, nodeAt, ownEntry } from "../../appfile/nodes.ts";
import { byHand } from "../fix.ts";
import { placeAt } from "../places.ts";
import { rule } from "../rule.ts";

/** What stands where a cron is expected is no cron. */
export const cronMalformed = rule({
  id: "cron-malformed",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "Something else stands where a cron with a schedule and commands is expected.",
  why: "Below crons each key is the name of a cron, and holds a mapping with spec and commands. The platform refuses a file in which it holds a text, a list or nothing. (Manual: “Crons”.)",
  manual: "create-apps/image-properties/crons",
  example: {
    before: `crons:
    timezone: 'Europe/London'
    clean:
        spec: '0 5 * * *'
        commands:
            start: ./clean.sh`,
    after: `timezone: 'Europe/London'
crons:
    clean:
        spec: '0 5 * * *'
        commands:
            start: ./clean.sh`,
  },
  ignore: "Never: the file is refused.",
  check: ({ app }) => {
    const { document } = app.source;
    const section = ownEntry(app.map, "crons");
    const held = nodeAt(app.map, ["crons"], document);
    if (section !== undefined && held !== undefined && !isMap(held) && !isEmpty(held))
      return [
        {
          message: `crons holds ${shapeOf(held)}, where a mapping of crons is expected`,
          location: placeAt(app.source, section.keyStart, section.keyEnd),
          fix: byHand("Write the crons below it", whatToDo),
        },
      ];
    const wrong = app.crons.filter((cron) => cron.in === app.source && cron.map === undefined);
    return wrong.flatMap((cron) => {
      const node = isMap(held)
        ? nodeAt(
            effectiveEntries(held, document).find(({ name }) => String(name) === cron.name)?.value,
            [],
            document,
          )
        : undefined;
      return hasTag(node) ? [] : [problem(cron, node)];
    });
  },
});

function problem(cron: Cron, node: unknown) {
  const belongs =
    cron.name === "timezone" ? "; timezone belongs beside crons, as a key of the app" : "";
  return {
    message: `crons has ${cron.name} with ${shapeOf(node)}, where a cron with spec and commands is expected${belongs}`,
    location: placeAt(cron.in, cron.nameStart, cron.nameEnd),
    fix: byHand("Make it a cron, or move it", whatToDo),
  };
}

const whatToDo = {
  what: "What it was meant to be, only you know",
  next: "give each cron a name, and below that spec and commands; put other keys where they belong",
};

/** An included section is read elsewhere. */
function hasTag(node: unknown): boolean {
  return isScalar(node) && node.tag !== undefined;
}

function isEmpty(node: unknown): boolean {
  return hasTag(node) || (isScalar(node) && node.value === null);
}

function shapeOf(node: unknown): string {
  if (!isScalar(node)) return node === undefined || node === null ? "nothing" : "a list";
  return node.value === null ? "nothing" : "a single value";
}
