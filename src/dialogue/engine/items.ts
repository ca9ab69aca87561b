import type { ItemWords, PlanItem } from "../plan.ts";
import type { AgreementQuestion, Question, Reply } from "../question.ts";
import type { DialogueStep, OpenedStep } from "../step.ts";

/** The marks that a person has set or taken away, by item. */
export type Marks = ReadonlyMap<string, boolean>;

/** The marks that a reply to a question amounts to. */
export function marksOf(step: string, question: Question, reply: Reply): Marks {
  if (question.kind === "choice")
    return new Map([[step, reply.kind === "text" && reply.value === question.item?.marked]]);
  const { agreed, parts } = reply.kind === "agreement" ? reply : { agreed: false };
  if (question.kind !== "agreement" || question.parts === undefined)
    return new Map([[step, agreed]]);
  return new Map(
    question.parts.map(({ value }) => [
      `${step} ${value}`,
      agreed && (parts === undefined || parts.includes(value)),
    ]),
  );
}

/** An item that nothing was done about yet. */
const fresh = { settings: [], progress: "to do", previews: [] } as const;

/**
 * The items that a question comes to on a plan; none where it is no question about a change.
 *
 * @param given what was given for it beforehand
 */
export function itemsOf(
  step: string,
  question: Question,
  marks: Marks,
  given: string | undefined,
): readonly PlanItem[] {
  if (question.kind === "agreement") {
    const { item } = question;
    return item === undefined ? [] : agreementItems(step, { ...question, item }, marks, given);
  }
  if (question.kind !== "choice" || question.item === undefined) return [];
  const { title, says, marked: value } = question.item;
  const { facts, help } = question;
  const listed = { ...fresh, id: step, step, title, says, facts, help };
  if (value === undefined) return [{ ...listed, kind: "by hand" }];
  return [{ ...listed, kind: "change", final: false, marked: marks.get(step) ?? given === value }];
}

/** A flag of its own agrees to what `--yes` does not; on a plan its mark does. */
function agreementItems(
  step: string,
  { item, parts, previews, facts, help, flag }: AgreementQuestion & { readonly item: ItemWords },
  marks: Marks,
  given: string | undefined,
): readonly PlanItem[] {
  const agreed = flag === "--yes" || given === flag;
  const listed = { ...fresh, step, facts, help, kind: "change" } as const;
  if (parts === undefined)
    return [
      { ...listed, id: step, ...item, previews, final: false, marked: marks.get(step) ?? agreed },
    ];
  return parts.map(({ value, title, says }, index) => {
    const id = `${step} ${value}`;
    const preview = previews[index];
    return {
      ...listed,
      id,
      title,
      says,
      previews: preview === undefined ? [] : [preview],
      final: true,
      marked: marks.get(id) ?? agreed,
    };
  });
}

/** The reply to a question as the marks of its items have it. */
export function replyOf(question: Question, items: readonly PlanItem[]): Reply {
  const isMarked = (index: number) => {
    const item = items[index];
    return item?.kind === "change" && item.marked;
  };
  if (question.kind === "choice" && question.item !== undefined) {
    const { marked, unmarked } = question.item;
    return { kind: "text", value: marked !== undefined && isMarked(0) ? marked : unmarked };
  }
  if (question.kind !== "agreement" || question.parts === undefined)
    return { kind: "agreement", agreed: isMarked(0) };
  const parts = question.parts.flatMap(({ value }, index) => (isMarked(index) ? [value] : []));
  return { kind: "agreement", agreed: parts.length > 0, parts };
}

/** What a settled step is on the plan. */
export function settledItems<Request, Id extends string, Context>(
  { id, title, plan }: DialogueStep<Request, Id, Context>,
  { answer, yours, previews = [] }: OpenedStep<Request> & { readonly kind: "settled" },
): readonly PlanItem[] {
  const listed = { id, step: id, help: [], previews, settings: [], progress: "to do" } as const;
  if (yours !== undefined) return [{ ...listed, ...yours, kind: "yours" }];
  const { stands, shown, because } = answer;
  if (plan === undefined || stands === undefined) return [];
  return [{ ...listed, title, says: shown, facts: [because], kind: stands }];
}
