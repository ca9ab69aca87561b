import { homeScreen, type MenuEntry } from "./screens/home.tsx";
import { onStage } from "./stage.tsx";
import { ownTerminal, type TerminalStreams } from "./terminal.ts";

/**
 * The menu that `machinist` alone opens.
 * @param account who is signed in, as far as that is known without asking
 * @param facts what is known of the place, one line an entry
 * @returns the value of the chosen entry, or undefined when the person leaves
 */
export async function runHome(
  entries: readonly MenuEntry[],
  account: string,
  facts: readonly string[],
  streams: TerminalStreams = ownTerminal(),
): Promise<string | undefined> {
  const surroundings = () => ({ header: { title: "machinist", account, facts: [] } });
  const end = await onStage(streams, surroundings, (stage) =>
    stage.show<string | undefined>((done, tools) => homeScreen(entries, facts, done, tools)),
  );
  if (end.kind === "failed") throw end.failure;
  return end.kind === "played" ? end.value : undefined;
}
