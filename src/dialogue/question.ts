import type { Preview } from "../change/preview.ts";
import type { Failure } from "../failure.ts";
import type { Secret } from "../secret.ts";
import type { ItemWords } from "./plan.ts";

/** An answer that is offered, and where it comes from: "from the git remote". */
export interface Preset {
  readonly value: string;
  readonly because: string;
  /** Whether it follows from facts; a face with nobody to ask takes only these, and asks for a flag otherwise. */
  readonly certain: boolean;
}

interface Asked {
  /** The question in one line: "Which project?" */
  readonly title: string;
  /** Why it is asked and what the manual says, one paragraph an entry; the `?` page shows it. */
  readonly help: readonly string[];
  /** What to know before answering, one line an entry; stands above the question. */
  readonly facts: readonly string[];
  /** The flag that answers it: "--project". */
  readonly flag: string;
  /** Whether a person is asked also where what is offered is certain. */
  readonly alwaysAsked?: true;
  /** What a face with nobody to ask fails with, when more is to say than which flag answers it. */
  readonly otherwise?: Failure;
}

/** One of the answers that a question offers. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  /** More about it, dimmed behind the label: region, organization. */
  readonly detail?: string;
  /** What to know of it, a sentence an entry, told while it is pointed at. */
  readonly notes?: readonly string[];
  /** Why it can't be chosen; shown instead of being hidden. */
  readonly disabled?: string;
}

/** One of a list; a long list filters as people type, over value, label and detail. */
export interface ChoiceQuestion extends Asked {
  readonly kind: "choice";
  readonly choices: readonly Choice[];
  readonly preset?: Preset;
  /** How it stands on a plan, and what the answer is with its mark, if it can have one, and without. */
  readonly item?: ItemWords & { readonly marked?: string; readonly unmarked: string };
  /** What would be changed with a choice, shown as the pointer moves. */
  preview?(value: string): readonly Preview[];
}

/** Any number of a short list, at least one. The reply is a text: the values with commas between, in the order of the list. */
export interface SeveralQuestion extends Asked {
  readonly kind: "several";
  /** What to know where more than one is marked. */
  readonly severalNote?: string;
  readonly choices: readonly Choice[];
  readonly preset?: Preset;
}

/** One line of text. */
export interface TextQuestion extends Asked {
  readonly kind: "text";
  readonly preset?: Preset;
  /** Texts that can be picked instead of typed, and what they mean. */
  readonly suggestions?: readonly { readonly value: string; readonly label: string }[];
  /** A sentence on what is wrong with the text so far, or undefined when it can be taken. */
  check(text: string): string | undefined;
  /** What the text means, in words, shown as it changes. Called only with text that passes `check`. */
  explain?(text: string): readonly string[];
  /** What would be changed with this text, shown as it changes. Called only with text that passes `check`. */
  preview?(text: string): readonly Preview[];
}

/** A value that is typed or pasted unseen. */
export interface SecretQuestion extends Asked {
  readonly kind: "secret";
  /** Where it was handed over beforehand; it is tried before anybody is asked. */
  readonly handedOver?: Secret;
  /** The console page where it is made. */
  readonly address?: string;
  /** Opens that page in the browser, when a person asks for it. Throws a `Failure` where that can't be done. */
  open?(): Promise<void>;
  /** Another place it can be taken from, by leaving the field empty: the label says which. */
  readonly elsewhere?: {
    readonly label: string;
    /** Whether it is taken only when a person says so; a face with nobody to ask doesn't. */
    readonly onlyAsked?: true;
    read(): Promise<Secret>;
  };
  /**
   * Something that is waited for meanwhile; `show` is called with a line whenever the state changes,
   * until `signal` is aborted. Never rejects.
   */
  watch?(show: (line: string) => void, signal: AbortSignal): Promise<void>;
}

/**
 * Whether the changes above the question may be made. `--yes` agrees to them beforehand, unless the flag is one of its
 * own, for what must not be agreed to by the way.
 */
export interface AgreementQuestion extends Asked {
  readonly kind: "agreement";
  readonly previews: readonly Preview[];
  /** How it stands on a plan; without this it is a question by itself. */
  readonly item?: ItemWords;
  /**
   * Set when it can't be taken back: then each preview is a thing of its own, agreed to by itself. In the order of the
   * previews.
   */
  readonly parts?: readonly (ItemWords & { readonly value: string })[];
  /** What agreeing does: "Send the invitation". */
  readonly agree: string;
  /** What declining does: "Leave it out". */
  readonly decline: string;
  /** Whether a face with nobody to ask declines when its flag is missing, instead of ending. */
  readonly optional?: true;
  /** What a face with nobody to ask ends with when its flag is missing. */
  readonly otherwise?: Failure;
}

/** What a person is asked: for one of some answers, several of them, a text, a secret, or whether they agree. */
export type Question =
  | ChoiceQuestion
  | SeveralQuestion
  | TextQuestion
  | SecretQuestion
  | AgreementQuestion;

/** What a face hands back: the kind is the question's, except that choices and texts are both text. */
export type Reply =
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "secret"; readonly value: Secret }
  | {
      readonly kind: "agreement";
      readonly agreed: boolean;
      /** The parts that are agreed to, by their values; all of them without this. */
      readonly parts?: readonly string[];
    };
