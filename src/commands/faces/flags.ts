import type { Dialogue, Moment } from "../../dialogue/dialogue.ts";
import type { Question, Reply } from "../../dialogue/question.ts";
import { Failure } from "../../failure.ts";
import { withoutSignIn } from "../../platform/addresses.ts";
import { tellPreview } from "./preview.ts";

/** How the face behaves where a person would be asked. */
export interface FlagsManner {
  /** What `--yes` agrees to is agreed to. */
  readonly agreed: boolean;
  /** Nothing is changed, so all is agreed to: a dry run. */
  readonly showing: boolean;
  /** Why each question is asked is told as well. */
  readonly reasons: boolean;
}

/**
 * Runs a dialogue with nobody to ask: flags and facts answer, every change is shown, and an answer that is missing ends
 * the run with a Failure that names its flag.
 * @param say takes one line for a person
 */
export async function runFlags(
  dialogue: Dialogue,
  manner: FlagsManner,
  say: (line: string) => void,
): Promise<readonly string[]> {
  const told = new Set<string>();
  const tellAnswers = () => {
    for (const { title, shown, because } of dialogue.steps()) {
      const line = `${title}: ${shown} (${because})`;
      if (shown !== undefined && !told.has(line)) say(line);
      told.add(line);
    }
  };
  for (;;) {
    const moment = await dialogue.next();
    tellAnswers();
    if (moment.kind === "finished") return moment.summary;
    if (moment.kind === "plan") throw new RangeError("a plan needs somebody to agree to it");
    const { question, problem } = moment;
    if (problem !== undefined) {
      throw new Failure(problem.reason, { what: problem.sentence, where: question.flag });
    }
    if (manner.reasons) {
      say(question.title);
      for (const reason of question.help) say(`  ${reason}`);
    }
    if (question.kind === "agreement") {
      for (const preview of question.previews) tellPreview(preview, say);
      for (const fact of question.facts) say(`  ${fact}`);
    }
    const refused = await dialogue.submit(await replyTo(question, isAgreedTo(moment, manner)));
    if (refused !== undefined) {
      throw new Failure(refused.reason, { what: refused.sentence, where: question.flag });
    }
    tellAnswers();
  }
}

/** A flag of its own agrees to what `--yes` does not. */
function isAgreedTo(
  { given, question: { flag } }: Moment & { readonly kind: "question" },
  { agreed, showing }: FlagsManner,
): boolean {
  return showing || (flag === "--yes" ? agreed : given === flag);
}

async function replyTo(question: Question, agreed: boolean): Promise<Reply> {
  switch (question.kind) {
    case "agreement":
      if (agreed) return { kind: "agreement", agreed: true };
      if (question.optional) return { kind: "agreement", agreed: false };
      if (question.otherwise !== undefined) throw question.otherwise;
      throw missing(question, "the change shown above needs your agreement");
    case "secret":
      if (question.elsewhere === undefined || question.elsewhere.onlyAsked)
        throw missing(question, "it is taken from no argument");
      return { kind: "secret", value: await question.elsewhere.read() };
    default: {
      const { preset } = question;
      if (preset?.certain === true) return { kind: "text", value: preset.value };
      if (question.otherwise !== undefined) throw question.otherwise;
      throw missing(question, "there is no terminal to ask in");
    }
  }
}

function missing(question: Question, why: string): Failure {
  const { title, flag } = question;
  if (flag.startsWith("-"))
    return new Failure("usage", {
      what: `Not answered: ${title}`,
      why,
      next: `answer it with ${flag}${choicesOf(question)}`,
    });
  return new Failure("signedOut", {
    what: `Not signed in: ${flag} is not set`,
    next: `put your API token into ${flag}; ${withoutSignIn}`,
  });
}

/** What can be answered, where that is a list which can be read. */
function choicesOf(question: Question): string {
  if (question.kind !== "choice" && question.kind !== "several") return "";
  const open = question.choices.filter(({ disabled }) => disabled === undefined);
  if (open.length === 0 || open.length > 20) return "";
  return `: ${open.map(({ value }) => value).join(", ")}`;
}
