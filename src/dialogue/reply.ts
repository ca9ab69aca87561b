import type { Secret } from "../secret.ts";
import type { Reply } from "./question.ts";
import type { Answer } from "./session.ts";
import type { TakenReply } from "./step.ts";

/** The text of a reply to a choice or a text question. */
export function replyText(reply: Reply): string {
  if (reply.kind !== "text") throw new TypeError(`a text was asked for, not ${reply.kind}`);
  return reply.value.trim();
}

/** The secret of a reply to a secret question. */
export function secret(reply: Reply): Secret {
  if (reply.kind !== "secret") throw new TypeError(`a secret was asked for, not ${reply.kind}`);
  return reply.value;
}

/** Whether a reply agrees to the changes that were shown. */
export function agrees(reply: Reply): boolean {
  if (reply.kind !== "agreement")
    throw new TypeError(`an agreement was asked for, not ${reply.kind}`);
  return reply.agreed;
}

/** A reply was taken and nothing was changed by it. */
export function answerOnly(answer: Answer): TakenReply<never, never> {
  return { kind: "answered", answer, applied: false };
}

/** What an agreement step answers when the changes were declined. */
export const leftOut: Answer = {
  value: "declined",
  shown: "left out",
  because: "you declined",
  leftOut: true,
};

/** The parts that a reply agrees to, by their values; undefined when it agrees to all of them. */
export function agreedParts(reply: Reply): readonly string[] | undefined {
  return reply.kind === "agreement" ? reply.parts : undefined;
}
