import type { Reply } from "../../setup/question.ts";

/** What a person did with a question. */
export type Asked = { readonly kind: "reply"; readonly reply: Reply } | { readonly kind: "back" };
