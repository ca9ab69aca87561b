import type { Ledger } from "../../change/ledger.ts";
import type { Effect } from "../effect.ts";
import {
  applying,
  isToAgree,
  type Plan,
  type PlanItem,
  planIdentity,
  type Setting,
} from "../plan.ts";
import type { Marks } from "./items.ts";

/** What a plan is made from, beside what its steps come to. */
interface PlanSurroundings {
  readonly effect: Effect;
  /** What the run has done so far. */
  readonly ledger: () => Ledger;
  /** The answers that can be changed from the item of a step. */
  readonly settingsOf: (step: string) => readonly Setting[];
}

/** The plan of one dialogue: what its steps came to, what a person marked and agreed to, and how far it is carried out. */
export class PlanInMaking {
  readonly #surroundings: PlanSurroundings;
  readonly #marks = new Map<string, boolean>();
  #items: readonly PlanItem[] = [];
  #shown: Plan | undefined;
  #isAgreedTo = false;
  #notice: string | undefined;

  constructor(surroundings: PlanSurroundings) {
    this.#surroundings = surroundings;
  }

  /** The marks that a person has set or taken away, by item. */
  get marks(): Marks {
    return this.#marks;
  }

  /** The plan that was shown last, and what was agreed to while it is carried out; undefined before. */
  get shown(): Plan | undefined {
    return this.#shown;
  }

  /** What the steps came to, with their settings. */
  get items(): readonly PlanItem[] {
    return this.#items.map((item) => ({
      ...item,
      settings: this.#surroundings.settingsOf(item.step),
    }));
  }

  /** Forgets what the steps came to: they are gone through anew. */
  startAnew(): void {
    this.#items = [];
  }

  /** Takes what a step comes to, in the place of what it came to before. */
  list(step: string, own: readonly PlanItem[]): void {
    this.#items = [...this.#items.filter((item) => item.step !== step), ...own];
  }

  /** Sets the mark of an item, or takes it away. */
  mark(item: string, marked: boolean): void {
    this.#marks.set(item, marked);
  }

  /** Notes whether a person agrees to the plan as it was shown. */
  agree(isAgreedTo: boolean): void {
    this.#isAgreedTo = isAgreedTo;
  }

  /** Says why it is shown again, once. */
  say(notice: string): void {
    this.#notice = notice;
  }

  /** Whether these very items were on the plan that was agreed to, but for those that nothing is done about. */
  holds(own: readonly PlanItem[]): boolean {
    const agreedTo = (this.#shown?.items ?? []).filter(({ id }) =>
      own.some((item) => item.id === id),
    );
    return planIdentity(agreedTo.filter(isIn)) === planIdentity(own.filter(isIn));
  }

  /** Ends the making. Gives the plan to show; undefined where just this was agreed to, or there is nothing to agree to. */
  complete(): Plan | undefined {
    const made = this.#made();
    const isSame =
      this.#shown !== undefined && planIdentity(this.#shown.items) === planIdentity(made.items);
    if ((this.#isAgreedTo && isSame) || !isToAgree(made)) {
      this.#shown = made;
      return undefined;
    }
    if (this.#isAgreedTo) this.#notice ??= "Something has changed since: look at it again.";
    this.#isAgreedTo = false;
    const toShow = this.#made();
    this.#shown = toShow;
    this.#notice = undefined;
    return toShow;
  }

  /** Notes how far the items of a step have come. */
  progress(step: string, progress: PlanItem["progress"], became?: string): void {
    if (this.#shown === undefined) return;
    const items = this.#shown.items.map((item) =>
      item.step === step && (item.kind === "change" || item.kind === "yours")
        ? {
            ...item,
            progress: item.kind === "change" && !item.marked ? "left out" : progress,
            ...(became === undefined ? {} : { became }),
          }
        : item,
    );
    this.#shown = { ...this.#shown, items };
  }

  #made(): Plan {
    const { effect, ledger } = this.#surroundings;
    return {
      headline:
        effect === "apply"
          ? headlineAfter(ledger())
          : "The plan. This is a dry run: nothing will be changed.",
      items: this.items,
      button: effect === "apply" ? applying(this.#items) : "End the dry run",
      ...(this.#notice === undefined ? {} : { notice: this.#notice }),
    };
  }
}

/** Whether something is done about an item: all but the changes that are not marked. */
function isIn(item: PlanItem): boolean {
  return item.kind !== "change" || item.marked;
}

/** What stands above a plan, by what the run has done before. */
function headlineAfter({ done, unknown }: Ledger): string {
  const told = [
    ...(done.length === 0 ? [] : [`${counted(done.length)} done already`]),
    ...(unknown.length === 0
      ? []
      : [
          `whether ${unknown.length === 1 ? "1 change was" : `${unknown.length} changes were`} made isn't known`,
        ]),
  ];
  return told.length === 0
    ? "The plan. Nothing is done yet."
    : `The plan for the rest: ${told.join("; ")}.`;
}

function counted(changes: number): string {
  return changes === 1 ? "1 change is" : `${changes} changes are`;
}
