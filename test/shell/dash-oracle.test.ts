import fc from "fast-check";
import { expect, test } from "vitest";
import { type CliCommand, readScript } from "../../src/shell/script.ts";
import { hasDash, type Place, places, whatRuns } from "./dash.ts";
import { guardScript } from "./oracle-scripts.ts";

test.runIf(hasDash)("what is said of a guard is what dash does", () => {
  const batch = fc.array(guardScript, { minLength: 60, maxLength: 60, size: "max" });
  fc.assert(
    fc.property(batch, (scripts) => {
      const ran = whatRuns(scripts);
      for (const [index, text] of scripts.entries())
        for (const command of readScript(text).commands)
          expect(contradiction(command, ran[index] ?? []), text).toBeUndefined();
    }),
    { numRuns: 5, seed: 20, endOnFailure: true },
  );
});

function contradiction(
  { name, guard }: CliCommand,
  ran: readonly ReadonlySet<string>[],
): string | undefined {
  const where = places.filter((_, index) => ran[index]?.has(name) === true);
  switch (guard.kind) {
    case "guarded": {
      const targets = [guard, ...guard.others].map(({ by }) => by);
      const elsewhere = where.find(({ branch, type }) =>
        targets.every((by) => (by.kind === "branch" ? by.branch !== branch : by.type !== type)),
      );
      return elsewhere && `${name} is called guarded and runs on ${shown(elsewhere)}`;
    }
    case "never":
      return where[0] && `${name} is said never to run, and runs on ${shown(where[0])}`;
    case "unguarded": {
      const real = places.filter(({ branch, type }) => branch !== undefined && type !== undefined);
      const count = real.filter((place) => where.includes(place)).length;
      return count === 0 || count === real.length
        ? undefined
        : `${name} is called unguarded and runs in ${count} of ${real.length}`;
    }
    case "unknown":
      return undefined;
  }
}

function shown({ branch, type }: Place): string {
  return `branch ${branch ?? "unset"}, type ${type ?? "unset"}`;
}
