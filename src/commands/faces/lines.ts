import type { Dialogue } from "../../dialogue/dialogue.ts";
import type { ChoiceQuestion, Question, Reply, SeveralQuestion } from "../../dialogue/question.ts";
import { canBeTriedAgain, Failure, failureLines } from "../../failure.ts";
import { noToken, Secret } from "../../secret.ts";
import { linesWith } from "./long-list.ts";
import { askPlan } from "./plan-lines.ts";
import { tellPreview } from "./preview.ts";
import { InputEnded, type LineReader } from "./terminal-reader.ts";

/**
 * Runs a dialogue in lines: a numbered question, one line in, one line out, nothing drawn twice. This is the face for
 * screen readers and for terminals that can only print. `back` goes back, `?` explains.
 */
export async function runLines(
  dialogue: Dialogue,
  reader: LineReader,
  say: (line: string) => void,
): Promise<readonly string[]> {
  const told = new Set<string>();
  const looks = lateLine(say);
  const sayNow = (line: string) => {
    looks.drop();
    say(line);
  };
  const unsubscribe = dialogue.onProgress(({ kind, line }) => {
    if (kind === "look") looks.say(`${line} …`);
    else sayNow(`${line} …`);
  });
  try {
    for (;;) {
      const summary = await step(dialogue, told, reader, sayNow).catch(async (failure: unknown) => {
        await offerAgain(failure, dialogue, reader, sayNow);
        return undefined;
      });
      if (summary !== undefined) return summary;
    }
  } finally {
    looks.drop();
    unsubscribe();
  }
}

/** Says a line unless within a second another one takes its place: most looks are over at once, and would be read out. */
function lateLine(say: (line: string) => void) {
  let waiting: NodeJS.Timeout | undefined;
  const drop = () => clearTimeout(waiting);
  return {
    drop,
    say: (line: string) => {
      drop();
      waiting = setTimeout(say, 1_000, line);
    },
  };
}

/** Goes to the next question and has it answered; gives the summary when there is none. */
async function step(
  dialogue: Dialogue,
  told: Set<string>,
  reader: LineReader,
  say: (line: string) => void,
): Promise<readonly string[] | undefined> {
  const moment = await dialogue.next();
  for (const { id, title, shown, because, told: as } of dialogue.steps()) {
    const line = `${title}: ${shown} (${because})`;
    if (shown !== undefined && as !== undefined && !told.has(id + line)) say(line);
    told.add(id + line);
  }
  if (moment.kind === "finished") return moment.summary;
  if (moment.kind === "plan") {
    const decision = await askPlan(moment.plan, reader, say);
    if (!dialogue.decide(decision)) say("There is nothing to go back to.");
    return undefined;
  }
  if (moment.problem !== undefined) say(`Not taken: ${moment.problem.sentence}`);
  await ask(moment.question, dialogue, reader, say);
  return undefined;
}

/** Says what went wrong, and goes on if the person wants to. Throws the failure when they don't. */
async function offerAgain(
  failure: unknown,
  dialogue: Dialogue,
  reader: LineReader,
  say: (line: string) => void,
): Promise<void> {
  if (failure instanceof InputEnded || !canBeTriedAgain(failure)) throw failure;
  say("");
  say("This did not work:");
  for (const line of failureLines(failure.parts)) say(line);
  for (;;) {
    const word = (await reader.read("again, back or quit: ", true)).trim();
    if (word === "quit") throw failure;
    if (word === "again" || word === "back") {
      dialogue.lookAgain();
      if (word === "back" && !dialogue.back()) say("There is nothing to go back to.");
      return;
    }
    say("Answer with one of the words: again tries it again, back goes to the question before.");
  }
}

/** Asks one question until it is answered, taken back, or the input ends. */
async function ask(
  question: Question,
  dialogue: Dialogue,
  reader: LineReader,
  say: (line: string) => void,
): Promise<void> {
  put(question, say);
  for (;;) {
    const reply = await answerTo(question, reader, say);
    if (reply === undefined) {
      if (dialogue.back()) return;
      say("There is nothing to go back to.");
      continue;
    }
    const problem = await dialogue.submit(reply);
    if (problem === undefined) return;
    say(`Not taken: ${problem.sentence}`);
  }
}

async function answerTo(
  question: Question,
  reader: LineReader,
  say: (line: string) => void,
): Promise<Reply | undefined> {
  for (;;) {
    const line = (await reader.read(`${promptOf(question)} `, question.kind !== "secret")).trim();
    if (line === "?") {
      for (const paragraph of question.help) say(paragraph);
      continue;
    }
    if (line === "open" && question.kind === "secret" && question.open !== undefined) {
      say(await opened(question.open));
      continue;
    }
    if (line === "back") return undefined;
    if ((question.kind === "choice" || question.kind === "several") && line.startsWith("filter ")) {
      for (const found of linesWith(choiceLines(question), line.slice("filter ".length)))
        say(found);
      continue;
    }
    const reply = await replyOf(question, line);
    if (typeof reply !== "string") return reply;
    say(reply);
  }
}

/** What opening a page came to. */
async function opened(open: () => Promise<void>): Promise<string> {
  try {
    await open();
    return "The page is open in your browser.";
  } catch (error) {
    if (error instanceof Failure) return failureLines(error.parts).join("; ");
    throw error;
  }
}

function put(question: Question, say: (line: string) => void): void {
  say("");
  if (question.kind === "agreement")
    for (const preview of question.previews) tellPreview(preview, say);
  say(question.title);
  for (const fact of question.facts) say(fact);
  if (question.kind === "secret" && question.address !== undefined)
    say(`Page: ${question.address}${question.open === undefined ? "" : " (open: in the browser)"}`);
  if (question.kind === "text") {
    question.suggestions?.forEach(({ value, label }, index) => {
      say(`${index + 1}. ${value}, ${label}`);
    });
  }
  if (question.kind === "choice" || question.kind === "several") {
    for (const line of linesWith(choiceLines(question), "")) say(line);
  }
}

function choiceLines({ choices }: ChoiceQuestion | SeveralQuestion): readonly string[] {
  return choices.map(({ label, detail, disabled }, index) => {
    const more = disabled === undefined ? (detail ?? "") : `can't be chosen: ${disabled}`;
    return `${index + 1}. ${label}${more === "" ? "" : `, ${more}`}`;
  });
}

function promptOf(question: Question): string {
  switch (question.kind) {
    case "agreement":
      return `yes: ${question.agree}. no: ${question.decline}. Answer:`;
    case "secret":
      if (question.elsewhere === undefined) return "Token (not shown):";
      return `Token (not shown), or ${question.elsewhere.onlyAsked ? `"${takeOver}"` : "Enter"}: ${question.elsewhere.label}:`;
    default: {
      const asked = {
        choice: "Number or name",
        several: "Numbers or names, with commas",
        text: "Answer",
      }[question.kind];
      const { preset } = question;
      return preset === undefined
        ? `${asked}:`
        : `${asked}, or Enter for ${inWords(question, preset.value)} (${preset.because}):`;
    }
  }
}

/** What Enter stands for, as the list calls it: a choice's value is no word of the person's. */
function inWords(question: Question, value: string): string {
  if (question.kind !== "choice" && question.kind !== "several") return value;
  const labelOf = (one: string) => question.choices.find((each) => each.value === one)?.label;
  return (
    labelOf(value) ??
    value
      .split(",")
      .map((one) => labelOf(one) ?? one)
      .join(", ")
  );
}

/** The words that take a token from where it is already, so that Enter alone does not. */
const takeOver = "take over";

/** The reply a line means, or a sentence on why it means none. */
async function replyOf(question: Question, line: string): Promise<Reply | string> {
  switch (question.kind) {
    case "agreement": {
      const answer = line.toLowerCase();
      if (["y", "yes"].includes(answer)) return { kind: "agreement", agreed: true };
      if (["n", "no"].includes(answer)) return { kind: "agreement", agreed: false };
      return "Answer yes or no.";
    }
    case "secret":
      if (line !== "" && !(question.elsewhere?.onlyAsked && line === takeOver))
        return noToken(line) ?? { kind: "secret", value: new Secret(line) };
      if (question.elsewhere === undefined || (line === "" && question.elsewhere.onlyAsked))
        return "A token is needed.";
      return { kind: "secret", value: await question.elsewhere.read() };
    case "text": {
      const picked = /^\d$/u.test(line)
        ? question.suggestions?.[Number(line) - 1]?.value
        : undefined;
      const value = picked ?? (line === "" ? question.preset?.value : line);
      if (value === undefined) return "An answer is needed.";
      return question.check(value) ?? { kind: "text", value };
    }
    case "several":
      return chooseSeveral(question, line);
    case "choice":
      return choose(question, line);
  }
}

function chooseSeveral(question: SeveralQuestion, line: string): Reply | string {
  const { choices, preset } = question;
  if (line === "" && preset !== undefined) return { kind: "text", value: preset.value };
  const values: string[] = [];
  for (const part of line.split(",")) {
    const chosen = choose({ choices }, part.trim());
    if (typeof chosen === "string") return chosen;
    values.push(chosen.value);
  }
  return { kind: "text", value: values.join(",") };
}

function choose(
  { choices, preset }: Pick<ChoiceQuestion, "choices" | "preset">,
  line: string,
): (Reply & { readonly kind: "text" }) | string {
  if (line === "" && preset !== undefined) return { kind: "text", value: preset.value };
  const chosen = /^\d{1,5}$/u.test(line)
    ? choices[Number(line) - 1]
    : choices.find(({ value, label }) => value === line || label === line);
  if (chosen === undefined)
    return `Answer with a number from 1 to ${choices.length}, or a name from the list.`;
  if (chosen.disabled !== undefined) return `${chosen.label} can't be chosen: ${chosen.disabled}.`;
  return { kind: "text", value: chosen.value };
}
