import type { Reply } from "../../dialogue/question.ts";

/** What a person did with a question. */
export type QuestionOutcome =
  | { readonly kind: "reply"; readonly reply: Reply }
  | { readonly kind: "back" };
