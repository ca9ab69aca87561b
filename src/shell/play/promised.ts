import type { Stretch } from "../evaluate/compare.ts";
import { type GuardTarget, guardVariables } from "../guard.ts";
import type { CommandStart, Model } from "./model.ts";
import type { ScriptPlace } from "./shell-state.ts";

/** Where a command is, in one of the scripts that are played: "" is the path of the one that calls the others. */
type InScript = Required<Stretch>;

/** One of the words of a call that those around it don't have: a call in quotes has the place of all of them. */
interface Named {
  readonly name: string;
}

/** How the words of a call become others. */
type WordChange =
  | { readonly add: string; readonly after: string }
  | { readonly remove: string }
  | { readonly replace: string; readonly by: string };

/** What a fix promises of what a script does: all of it stays, but for this. */
export type FixPromise =
  /** It does the same. */
  | { readonly kind: "same" }
  /** One call is given other words. */
  | {
      readonly kind: "words";
      readonly call: InScript & Named;
      readonly change: WordChange;
      /** What its outcome no longer says, so that nothing may depend on it; nothing, when that says what it did. */
      readonly loses?: string;
    }
  /** One call is made only where a guard holds, and elsewhere counts as made. */
  | { readonly kind: "guarded"; readonly call: InScript & Named; readonly guard: GuardTarget }
  /** What stands in one place is taken as its author meant it, where dash takes it for something else. */
  | { readonly kind: "meant"; readonly place: InScript }
  /** What is written to a file is added to it. */
  | { readonly kind: "appended"; readonly operator: InScript }
  /** Other commands run in one's place, each only if the one before it succeeded; else the script ends. */
  | {
      readonly kind: "instead";
      readonly place: InScript;
      readonly commands: readonly string[];
      /** Whether their failure ends the script; otherwise it is that of the command they replace. */
      readonly ends: boolean;
    }
  /** These lines run before all else that the build does. */
  | { readonly kind: "first"; readonly lines: readonly string[] }
  /** The carriage returns at the ends of lines are no part of the commands any more. */
  | { readonly kind: "line-feeds" };

/** The script before the fix, taken for what the fix promises. */
export function modelOf(promised: FixPromise): Model {
  switch (promised.kind) {
    case "same":
    case "first":
    case "line-feeds":
      return {};
    case "words": {
      const { call, change } = promised;
      return {
        started: (started) =>
          isCall(started, call) ? changed(started.words, change) : started.words,
      };
    }
    case "guarded": {
      const { call, guard } = promised;
      const wanted = guard.kind === "branch" ? guard.branch : guard.type;
      return {
        started: (started, play) =>
          isCall(started, call) && play.environment(guard.kind) !== wanted
            ? undefined
            : started.words,
      };
    }
    case "meant":
      return { isMeant: (at) => meets(at, promised.place) };
    case "appended":
      return {
        operator: (written, at) => (meets(at, promised.operator) ? `>${written}` : written),
      };
    case "instead": {
      const { place, commands, ends } = promised;
      const all = `{ ${commands.join(" && ")}; }`;
      const isPlace = ({ file, start, end }: ScriptPlace) =>
        file === place.in && start === place.start && end === place.end;
      return { instead: (at) => (isPlace(at) ? all + (ends ? " || exit 1" : "") : undefined) };
    }
  }
}

/** The call whose outcome must not matter, as the promise changes what it says; undefined for other promises. */
export function changedOutcome(
  promised: FixPromise,
): { readonly call: InScript & Named; readonly says: string } | undefined {
  if (promised.kind === "guarded") {
    const says = `where ${guardVariables[promised.guard.kind]} is another, it would pass for done`;
    return { call: promised.call, says };
  }
  return promised.kind === "words" && promised.loses !== undefined
    ? { call: promised.call, says: promised.loses }
    : undefined;
}

/** Whether a program is started by the call. */
export function isCall(
  { at, words }: CommandStart,
  { in: file, start, name }: InScript & Named,
): boolean {
  return at.file === file && at.start <= start && start < at.end && words.includes(name);
}

/** Whether a node has some of a place, or all of one that is only a point. */
function meets({ file, start, end }: ScriptPlace, place: InScript): boolean {
  if (file !== place.in) return false;
  const isPoint = place.start === place.end;
  return isPoint
    ? start <= place.start && place.start <= end
    : start < place.end && place.start < end;
}

function changed(words: readonly string[], change: WordChange): readonly string[] {
  if ("add" in change) {
    const at = words.indexOf(change.after);
    return at === -1 ? words : words.toSpliced(at + 1, 0, change.add);
  }
  if ("remove" in change) return words.filter((word) => word !== change.remove);
  return words.map((word) => (word === change.replace ? change.by : word));
}
