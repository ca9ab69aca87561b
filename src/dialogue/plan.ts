import type { Preview } from "../change/preview.ts";

/** How a question about a change stands on the plan. */
export interface ItemWords {
  /** What is done: "Invite the machine user". */
  readonly title: string;
  /** To what, or when: "operator+shop-backup@example.org". */
  readonly says: string;
}

/** An answer that an item rests on and that can be changed from it. */
export interface Setting {
  /** The step that it answers. */
  readonly step: string;
  readonly title: string;
  readonly shown: string;
  readonly because: string;
}

/** How far an item has come. */
type ItemProgress = "to do" | "running" | "done" | "left out";

interface Listed extends ItemWords {
  /** What its mark is kept by. */
  readonly id: string;
  /** The step that it is one of. */
  readonly step: string;
  /** What to know before, one sentence an entry. */
  readonly facts: readonly string[];
  /** Why it is done and what the manual says, one paragraph an entry. */
  readonly help: readonly string[];
  readonly previews: readonly Preview[];
  readonly settings: readonly Setting[];
  readonly progress: ItemProgress;
  /** What became of it, in the past tense, once something did. */
  readonly became?: string;
}

/** One line of the plan, in the order of doing. */
export type PlanItem =
  /** A change. One that can't be taken back is never marked until a person marks it. */
  | (Listed & { readonly kind: "change"; readonly marked: boolean; readonly final: boolean })
  /** What only the person can do: it is waited for when its turn comes. */
  | (Listed & { readonly kind: "yours" })
  /** What is left to the person: machinist can't do it, or not safely. */
  | (Listed & { readonly kind: "by hand" })
  /** What may be as it should be, or not: it was not, or could not be, looked at. */
  | (Listed & { readonly kind: "not known" })
  /** What is as it should be already. */
  | (Listed & { readonly kind: "there" });

/** All that will happen, agreed to at once. */
export interface Plan {
  /** What is going on: "The plan. Nothing is done yet." */
  readonly headline: string;
  readonly items: readonly PlanItem[];
  /** What agreeing does: "Apply 4 changes". */
  readonly button: string;
  /** What has changed since it was shown before. */
  readonly notice?: string;
}

/** What a person does with the plan. */
export type Decision =
  /** The plan is made once more, and carried out if it is the same. */
  | { readonly kind: "agree" }
  /** Marks an item, or takes its mark away. */
  | { readonly kind: "mark"; readonly item: string; readonly marked: boolean }
  /** Asks the question of a setting. */
  | { readonly kind: "change"; readonly step: string }
  /** Looks at everything anew. */
  | { readonly kind: "look again" }
  /** To the question before. */
  | { readonly kind: "back" };

/** The items that are changes and marked: what agreeing agrees to. */
export function markedIn({ items }: Pick<Plan, "items">): readonly PlanItem[] {
  return items.filter((item) => item.kind === "change" && item.marked);
}

/** What agreeing to these items does: "Apply 4 changes". */
export function applying(items: readonly PlanItem[]): string {
  const { length } = items.filter((item) => item.kind === "change" && item.marked);
  if (length === 0)
    return items.some(({ kind }) => kind === "yours") ? "Go on" : "Go on without a change";
  return length === 1 ? "Apply 1 change" : `Apply ${length} changes`;
}

/** Whether there is anything that a person could agree to, mark, or has to know of before it is done. */
export function isToAgree({ items }: Pick<Plan, "items">): boolean {
  return items.some(({ kind }) => kind !== "there");
}

/** The same text for two plans that would do the same: what is different in them was not agreed to. */
export function planIdentity(items: readonly PlanItem[]): string {
  return JSON.stringify(
    items
      .filter(({ kind }) => kind !== "there")
      .map(({ id, kind, title, says, previews }) => [id, kind, title, says, previews]),
  );
}
