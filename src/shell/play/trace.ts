import type { ScriptPlace } from "./shell-state.ts";
import { isKnown, readable } from "./unknown-text.ts";

/** A program that a script starts, as it was come across in one play. */
export interface Event {
  /** With the variables that are set for it alone in front. */
  readonly words: readonly string[];
  readonly folder: string;
  /** Where its input comes from and its output goes, and whether it is waited for. */
  readonly plumbing: string;
  /** The variables that the script has set. */
  readonly settings: string;
  /** Those among them that it is sure to get. */
  readonly exported: string;
  /** The command that it is in the script. */
  readonly at: ScriptPlace;
}

/** What a script reads or tests without a program of its own. */
export interface TracedLook {
  /** The file that is read, or the test. */
  readonly at: string;
  /** How many programs were started before. */
  readonly after: number;
}

/** What a script did in one play. */
export interface Trace {
  readonly events: readonly Event[];
  readonly looks: readonly TracedLook[];
  readonly status: number;
  /** How many commands of any kind it took. */
  readonly steps: number;
}

/** Where two traces part, as a clause; undefined when they are the same. */
export function difference(expected: Trace, found: Trace): string | undefined {
  const length = Math.max(expected.events.length, found.events.length);
  for (let index = 0; index < length; index++) {
    const [wanted, got] = [expected.events[index], found.events[index]];
    if (wanted === undefined) return `it then also runs ${eventName(got)}`;
    if (got === undefined || got.words.join("\n") !== wanted.words.join("\n"))
      return isLater(wanted, found.events, index)
        ? `it then runs ${eventName(got)} before ${eventName(wanted)}`
        : `it then doesn't run ${eventName(wanted)}`;
    if (got.folder !== wanted.folder) return `it then runs ${eventName(got)} in another directory`;
    if (got.plumbing !== wanted.plumbing)
      return `the input or the output of ${eventName(got)} then goes elsewhere`;
    if (got.settings !== wanted.settings) return `${eventName(got)} then gets other variables`;
  }
  return expected.status === found.status
    ? undefined
    : `it then ends with the status ${found.status} and not ${expected.status}`;
}

function isLater({ words }: Event, events: readonly Event[], index: number): boolean {
  const wanted = words.join("\n");
  return events.slice(index).some((event) => event.words.join("\n") === wanted);
}

/** A file to which a program writes what it prints, and that the script has a look at behind it. */
export function fileUsedAfter({ events, looks }: Trace, index: number): string | undefined {
  return filesWritten(events[index]?.plumbing ?? "").find(
    (file) =>
      events.slice(index + 1).some(({ words }) => words.some((word) => isAbout(word, file))) ||
      looks.some(({ at, after }) => after > index && isAbout(at, file)),
  );
}

function filesWritten(plumbing: string): readonly string[] {
  return [...plumbing.matchAll(/>{1,2}\|?((?:\0[^\0]*\0|[^\s\0&])+)/gu)]
    .flatMap(([, file]) => file ?? [])
    .filter((file) => !file.startsWith("/dev/"));
}

/** Whether a word has the name of a file in it, whatever folder it is seen from. */
function isAbout(word: string, file: string): boolean {
  if (!isKnown(file)) return word.includes(file);
  const name = file.slice(file.lastIndexOf("/") + 1);
  return word.split(/[^\w.-]+/u).includes(name);
}

/** The command as a person would name it. */
export function eventName(event: Event | undefined): string {
  const text = readable(event?.words.join(" ") ?? "").replace(/\s+/gu, " ");
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
