import type { HeaderContent } from "./components/header.tsx";
import { homeScreen, type MenuEntry } from "./screens/home.tsx";
import { onStage } from "./stage.tsx";
import { ownTerminal, type TerminalStreams } from "./terminal.ts";

/**
 * The menu that `machinist` alone opens.
 *
 * @param header what is known of the place without looking
 * @param look finds out how it stands with the project, a sentence a line; the menu doesn't wait for it
 * @returns the value of the chosen entry, or undefined when the person leaves
 */
export async function runHome(
  entries: readonly MenuEntry[],
  header: HeaderContent,
  look: () => Promise<readonly string[]>,
  streams: TerminalStreams = ownTerminal(),
): Promise<string | undefined> {
  const end = await onStage(
    streams,
    () => ({ header }),
    (stage) =>
      stage.show<string | undefined>((done, tools) => homeScreen(entries, look, done, tools)),
  );
  if (end.kind === "failed") throw end.failure;
  return end.kind === "played" ? end.value : undefined;
}
