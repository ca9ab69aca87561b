import { Failure } from "../failure.ts";
import type { Secret } from "../secret.ts";
import type { SecretQuestion } from "../setup/question.ts";
import type { Asked } from "./screens/asked.ts";
import { secretScreen } from "./screens/secret.tsx";
import { onStage } from "./stage.tsx";
import { ownTerminal, type TerminalStreams } from "./terminal.ts";

/**
 * Asks for a secret, unseen. Rejects with what the terminal itself fails with, and with `Failure` ("interrupted").
 * @param lines what to know before, one line an entry
 * @returns undefined when the person goes back without one
 */
export async function askSecret(
  title: string,
  lines: readonly string[],
  streams: TerminalStreams = ownTerminal(),
): Promise<Secret | undefined> {
  const question: SecretQuestion = {
    kind: "secret",
    title,
    help: [],
    facts: lines,
    flag: "",
  };
  const surroundings = () => ({
    header: { title: "machinist", account: "not signed in", facts: [] },
    steps: [],
  });
  const end = await onStage(streams, surroundings, (stage) =>
    stage.show<Asked>((done, tools) => secretScreen(question, undefined, done, tools)),
  );
  if (end.kind === "failed") throw end.failure;
  if (end.kind === "interrupted")
    throw new Failure("interrupted", { what: `Interrupted (${end.signal})` });
  if (end.value.kind === "back") return undefined;
  return end.value.reply.kind === "secret" ? end.value.reply.value : undefined;
}
