import type { Statement } from "unbash";
import type { Flaw } from "./compare.ts";
import type { LeftPart, Observations } from "./observations.ts";
import type { Scope } from "./scope.ts";
import type { Way } from "./sighting.ts";

/** What going through a part of a script that isn't reached has left behind. */
interface DeadEnd {
  readonly exits: readonly LeftPart[];
  readonly flaws: readonly Flaw[];
  readonly changed: Pick<Way, "doubt" | "test">;
}

/**
 * The parts of a script that one environment doesn't get to, and that need not be gone through again for the next one:
 * in a `case` with an arm for each of many branches, that is nearly all of it.
 */
export class DeadEnds {
  readonly #known = new Map<readonly Statement[], DeadEnd>();

  /** Whether a part means the same each time: it is no function's, no loop's, and no other script's. */
  static isPlain({ doubt, file, functions, inFunction, inLoop, place }: Scope): boolean {
    const isRead = doubt === undefined && file === "" && place === undefined;
    return isRead && !inFunction && !inLoop && functions.size === 0;
  }

  /** Leaves behind what it did the first time; false where a part has to be gone through. */
  isPassed(statements: readonly Statement[], observed: Observations): boolean {
    const known = this.#known.get(statements);
    if (known === undefined) return false;
    for (const exit of known.exits) observed.exits.add(exit);
    const { flaws } = observed.way;
    const isNew = ({ start, in: file }: Flaw) =>
      flaws.every((flaw) => flaw.start !== start || flaw.in !== file);
    const added = known.flaws.filter(isNew);
    observed.way = { ...observed.way, ...known.changed, flaws: [...flaws, ...added] };
    return true;
  }

  /** Goes through a part, and keeps what that leaves behind. */
  keep<Found>(
    statements: readonly Statement[],
    observed: Observations,
    follow: () => Found,
  ): Found {
    const { way: before, exits } = observed;
    const outer = [...exits];
    exits.clear();
    const found = follow();
    const { doubt, test, flaws } = observed.way;
    this.#known.set(statements, {
      exits: [...exits],
      flaws: flaws.filter((flaw) => !before.flaws.includes(flaw)),
      changed: {
        ...(doubt === undefined || doubt === before.doubt ? {} : { doubt }),
        ...(test === undefined || test === before.test ? {} : { test }),
      },
    });
    for (const exit of outer) exits.add(exit);
    return found;
  }
}
