import type { Question, Reply } from "../dialogue/question.ts";
import { Failure } from "../failure.ts";
import type { HeaderContent } from "./components/header.tsx";
import type { QuestionOutcome } from "./screens/asked.ts";
import { questionScreen } from "./screens/asking.tsx";
import { onStage } from "./stage.tsx";
import { ownTerminal, type TerminalStreams } from "./terminal.ts";

/**
 * Asks one question on the terminal. Rejects with what the terminal itself fails with, and with `Failure`
 * ("interrupted").
 *
 * @param header what stands above it
 * @returns undefined when the person goes back without an answer
 */
export async function askOnScreen(
  question: Question,
  header: HeaderContent,
  streams: TerminalStreams = ownTerminal(),
): Promise<Reply | undefined> {
  const surroundings = () => ({ header });
  const end = await onStage(streams, surroundings, (stage) =>
    stage.show<QuestionOutcome>((done, tools) =>
      questionScreen(question, undefined, undefined, done, tools),
    ),
  );
  if (end.kind === "failed") throw end.failure;
  if (end.kind === "interrupted")
    throw new Failure("interrupted", { what: `Interrupted (${end.signal})` });
  return end.value.kind === "back" ? undefined : end.value.reply;
}
