import type { Choice, ChoiceQuestion } from "../../dialogue/question.ts";
import { edit, fieldOf, typeInto } from "../components/field.ts";
import type { Key } from "../keys/key.ts";
import { actionOf, keyTable } from "../keys/table.ts";

/** An entry of a list with the text it is found by. */
export interface ListedChoice {
  readonly choice: Choice;
  readonly found: string;
}

/** A list while someone chooses. */
export interface ChoiceState {
  /** What was typed to narrow the list. */
  readonly filter: string;
  /** The entries that have every word of the filter, in the list's own order. */
  readonly shown: readonly ListedChoice[];
  /** Where among them the pointer is; -1 when there is none. It may be one that can't be chosen, to say why. */
  readonly at: number;
}

/** What a key comes to: another state, or the end of the question. */
export type ChoicePress =
  | { readonly kind: "state"; readonly state: ChoiceState }
  | { readonly kind: "chosen"; readonly value: string }
  | { readonly kind: "back" }
  | { readonly kind: "help" | "unknown" };

/** The list as people search it: over label, value and detail, whatever the case. */
export function listedChoices({ choices }: ChoiceQuestion): readonly ListedChoice[] {
  return choices.map((choice) => {
    const { value, label, detail = "" } = choice;
    return { choice, found: `${label} ${value} ${detail}`.toLowerCase() };
  });
}

/**
 * The part of the list that has every word of the filter.
 * @param wanted the values to put the pointer on, the first that is there and can be chosen; else the first entry
 */
export function narrow(
  list: readonly ListedChoice[],
  filter: string,
  wanted: readonly (string | undefined)[],
): ChoiceState {
  const words = filter.toLowerCase().split(/\s+/u);
  const shown = list.filter(({ found }) => words.every((word) => found.includes(word)));
  const places = wanted.map((value) =>
    shown.findIndex(({ choice }) => choice.value === value && choice.disabled === undefined),
  );
  const first = shown.findIndex(({ choice }) => choice.disabled === undefined);
  const any = first === -1 && shown.length > 0 ? 0 : first;
  return { filter, shown, at: places.find((place) => place !== -1) ?? any };
}

/**
 * @param list the whole list
 * @param preset the value that is offered
 * @param page the rows of the list, which is how far PgUp and PgDn go
 */
export function pressChoice(
  list: readonly ListedChoice[],
  preset: string | undefined,
  state: ChoiceState,
  key: Key,
  page: number,
): ChoicePress {
  const { filter, shown, at } = state;
  const choice = shown[at]?.choice;
  const pointed = choice?.value;
  const narrowed = (to: string): ChoicePress => ({
    kind: "state",
    state: to === filter ? state : narrow(list, to, [pointed, preset]),
  });
  const moved = (by: number): ChoicePress => ({
    kind: "state",
    state: { filter, shown, at: Math.min(Math.max(0, at + by), shown.length - 1) },
  });
  const action = actionOf(keyTable.choice, key, filter !== "" || !isQuestionMark(key));
  switch (action) {
    case undefined:
      if (key.kind === "named") return { kind: "unknown" };
      return narrowed(typeInto(fieldOf(filter), key).text);
    case "type":
      return narrowed(typeInto(fieldOf(filter), key).text);
    case "answer":
      return choice === undefined || choice.disabled !== undefined
        ? { kind: "unknown" }
        : { kind: "chosen", value: choice.value };
    case "back":
      return filter === "" ? { kind: "back" } : narrowed("");
    case "help":
      return { kind: "help" };
    case "erase":
    case "erase-word":
    case "clear":
      return narrowed(edit(fieldOf(filter), action).text);
    case "up":
      return moved(-1);
    case "down":
      return moved(1);
    case "page-up":
      return moved(-page);
    case "page-down":
      return moved(page);
    case "first":
      return moved(-shown.length);
    case "last":
      return moved(shown.length);
  }
}

function isQuestionMark(key: Key): boolean {
  return key.kind === "character" && key.text === "?";
}
