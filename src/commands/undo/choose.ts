import type { UndoEntry, UndoPlan } from "../../change/undo.ts";
import type { Question, Reply } from "../../dialogue/question.ts";
import { Failure, failureLines } from "../../failure.ts";
import type { Face } from "../faces/choose.ts";
import { tellPreview } from "../faces/preview.ts";
import type { Io } from "../terminal/io.ts";

/** How it is decided what is taken back. */
interface Deciding {
  readonly face: Face;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly only?: readonly number[];
}

/** Tells each change of the run in one line, under the number by which it can be chosen. */
function tellSummary(plan: UndoPlan, say: (line: string) => void): void {
  say(titleOf(plan));
  for (const entry of plan.entries) say(`  ${entry.number}. ${lineOf(entry)}`);
}

function titleOf({ started = "" }: UndoPlan): string {
  return `The run of ${started.slice(0, 16).replace("T", " ")} UTC, the last change first:`;
}

function lineOf(entry: UndoEntry): string {
  if (entry.kind === "ready") return entry.title;
  return `${entry.title}: ${detailOf(entry)}`;
}

function detailOf(entry: UndoEntry): string {
  if (entry.kind === "ready") return "";
  return entry.kind === "blocked"
    ? `can't be taken back: ${entry.failure.parts.what}`
    : entry.reason;
}

/**
 * Tells what the run changed, and gives the numbers of the changes that are to be taken back: those of `--only`, or what a person chooses; none when they
 * leave. Throws a `Failure` ("usage") for a number that no change has.
 */
export async function chosenAmong(
  plan: UndoPlan,
  deciding: Deciding,
  io: Io,
): Promise<readonly number[]> {
  const { entries } = plan;
  const { only, face, yes, dryRun } = deciding;
  const ready = entries.filter(({ kind }) => kind === "ready");
  const isAsked = only === undefined && face !== "flags" && !yes && !dryRun && ready.length > 1;
  // In lines the question lists them itself.
  if (!isAsked || face === "screens") tellSummary(plan, io.out);
  if (only !== undefined) {
    const unknown = only.find((number) => !entries.some((entry) => entry.number === number));
    if (unknown === undefined) return only;
    throw new Failure("usage", {
      what: `The run has no change ${unknown} that is not taken back`,
      where: "--only",
      next: `name numbers from 1 to ${entries.length}, with commas between them`,
    });
  }
  const all = entries.map(({ number }) => number);
  if (!isAsked) return all;
  const reply = await ask(
    {
      kind: "several",
      title: "Which changes are taken back?",
      help: [
        "All that is marked is shown once more with every line that is changed, before anything is done.",
        "A change that stays can be taken back another time: machinist undo offers it again.",
      ],
      facts: [titleOf(plan)],
      flag: "--only",
      choices: entries.map((entry) => ({
        value: String(entry.number),
        label: entry.title,
        ...(entry.kind === "ready" ? {} : { disabled: detailOf(entry) }),
      })),
      preset: {
        value: ready.map(({ number }) => number).join(","),
        because: "all that can be taken back",
        certain: true,
      },
    },
    face,
    io,
  );
  if (reply?.kind !== "text") return [];
  const picked = reply.value.split(",").map(Number);
  // All that can be taken back is everything: what can't be is told then as well.
  return picked.length === ready.length ? all : picked;
}

/** Shows what taking the changes back does, and asks whether it may be done; nothing has to be agreed to where nothing is. */
export async function agreedTo(
  entries: readonly UndoEntry[],
  { face, yes, dryRun }: Deciding,
  io: Io,
): Promise<boolean> {
  const ready = entries.flatMap((entry) => (entry.kind === "ready" ? entry : []));
  for (const entry of entries) if (entry.kind === "blocked") tellBlocked(entry, io.out);
  if (face === "flags" || yes || dryRun) {
    for (const { preview } of ready) tellPreview(preview, io.out);
    if (yes || dryRun || ready.length === 0) return entries.length > 0;
    throw new Failure("usage", {
      what: "Not answered: take this back?",
      why: "there is no terminal to ask in",
      next: "agree beforehand with --yes",
    });
  }
  if (ready.length === 0) return entries.length > 0;
  const reply = await ask(
    {
      kind: "agreement",
      title: ready.length === 1 ? "Take this back?" : `Take these ${ready.length} changes back?`,
      help: [
        "Only what the run itself wrote is taken back. What was written to the same files since stays.",
      ],
      facts: ready.map(({ number, title }) => `${number}. ${title}`),
      flag: "--yes",
      previews: ready.map(({ preview }) => preview),
      agree: "Take it back",
      decline: "Leave it",
    },
    face,
    io,
  );
  return reply?.kind === "agreement" && reply.agreed;
}

function tellBlocked(
  { number, title, failure, preview }: UndoEntry & { readonly kind: "blocked" },
  say: (line: string) => void,
): void {
  say(`${number}. ${title}: can't be taken back`);
  for (const line of failureLines(failure.parts)) say(`  ${line}`);
  if (preview !== undefined) tellPreview(preview, say);
}

/** Asks a person one question. Undefined when they go back. */
async function ask(
  question: Question,
  face: Exclude<Face, "flags">,
  { signal, out, terminal }: Io,
): Promise<Reply | undefined> {
  if (face === "screens") {
    const { askOnScreen } = await import("../../tui/one-question.tsx");
    const header = { title: "machinist undo", account: "", facts: [] };
    return askOnScreen(question, header, terminal);
  }
  const [{ askInLines }, { terminalReader }] = await Promise.all([
    import("../faces/lines.ts"),
    import("../faces/terminal-reader.ts"),
  ]);
  const reader = terminalReader(signal);
  try {
    return await askInLines(question, reader, out);
  } finally {
    reader.close();
  }
}
