import type { CliCommand, ScriptReading } from "../../src/shell/script.ts";
import { type Place, places } from "./dash.ts";

/**
 * What is said of the commands of a script that isn't what dash did, as sentences.
 *
 * @param ran the names of the commands that were run, by place
 */
export function contradictions(
  { commands, called, gaps, problem }: ScriptReading,
  ran: readonly ReadonlySet<string>[],
): readonly string[] {
  const all = [...commands, ...[...called.values()].flatMap((reading) => reading.commands)];
  const names = new Set(all.map(({ name }) => name));
  const missed = [...new Set(ran.flatMap((ranThere) => [...ranThere]))].filter(
    (name) => !names.has(name),
  );
  return [
    // Of a script that can't be followed to its end, nobody claims to know all commands.
    ...(problem === undefined && gaps.length === 0 ? missed : []).map(
      (name) => `${name} runs, and isn't found`,
    ),
    // What a variable may hold is found wherever the variable is called: which of the places ran can't be told by the name.
    ...all
      .filter((one) => all.every((each) => each === one || each.name !== one.name))
      .flatMap((command) => contradiction(command, ran)),
  ];
}

function contradiction(
  { name, guard }: CliCommand,
  ran: readonly ReadonlySet<string>[],
): readonly string[] {
  const where = places.filter((_, index) => ran[index]?.has(name) === true);
  switch (guard.kind) {
    case "guarded": {
      const targets = [guard, ...guard.others].map(({ by }) => by);
      const elsewhere = where.find(({ branch, type }) =>
        targets.every((by) => (by.kind === "branch" ? by.branch !== branch : by.type !== type)),
      );
      return elsewhere ? [`${name} is called guarded and runs on ${shown(elsewhere)}`] : [];
    }
    case "never":
      return where[0] ? [`${name} is said never to run, and runs on ${shown(where[0])}`] : [];
    case "unguarded": {
      const real = places.filter(({ branch, type }) => branch !== undefined && type !== undefined);
      const count = real.filter((place) => where.includes(place)).length;
      return count === 0 || count === real.length
        ? []
        : [`${name} is called unguarded and runs in ${count} of ${real.length}`];
    }
    case "unknown":
      return [];
  }
}

function shown({ branch, type }: Place): string {
  return `branch ${branch ?? "unset"}, type ${type ?? "unset"}`;
}
