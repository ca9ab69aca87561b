import type { Question, Reply } from "../question.ts";
import type { Answer, AskedFor, RecordedAnswer } from "../session.ts";
import { takenBack } from "./standing.ts";

/** In which run the answer to a step was given. */
export function saidIn({ givenBefore = [] }: AskedFor<string>, step: string): "now" | "before" {
  return givenBefore.includes(step) ? "before" : "now";
}

/** An answer says where it comes from: from a flag, from an earlier run, from where the offer comes from, or from the person. */
export function provenance(
  question: Question,
  { value }: Answer,
  given: false | "now" | "before",
): { readonly because?: string } {
  if (question.kind === "secret" || question.kind === "agreement") return {};
  const { preset, flag } = question;
  if (given === "before") return { because: "you said so before" };
  if (given === "now" && flag.startsWith("-")) return { because: `you said so (${flag})` };
  return preset?.value === value ? { because: preset.because } : {};
}

/** The reply that was given when the dialogue was started, if it is one for this kind of question. */
export function givenReply(question: Question, value: string | undefined): Reply | undefined {
  if (question.kind === "secret") {
    const { handedOver } = question;
    return handedOver && { kind: "secret", value: handedOver };
  }
  if (question.kind === "agreement") return undefined;
  return value === undefined ? undefined : { kind: "text", value };
}

/**
 * Offers the answer that was taken back, so that Enter keeps it.
 *
 * @param onlyThat whether an answer that rests on what is no longer so is no offer
 */
export function withDraft(
  question: Question,
  draft: RecordedAnswer | undefined,
  onlyThat: boolean,
): Question {
  if (draft === undefined || question.kind === "secret" || question.kind === "agreement")
    return question;
  if (onlyThat && draft.basis !== takenBack) return question;
  return { ...question, preset: { value: draft.value, because: draft.because, certain: false } };
}
