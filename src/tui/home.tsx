import type { HeaderContent } from "./components/header.tsx";
import { type HomeFacts, homeScreen, type MenuEntry } from "./screens/home.tsx";
import { onStage } from "./stage.tsx";
import { ownTerminal, type TerminalStreams } from "./terminal.ts";

/** What is found out while the menu is to be seen already. */
export interface HomeLook {
  /** How it stands with the project: a name, and sentences about it. */
  readonly facts: HomeFacts;
  /** What is known of the place by then. */
  readonly header: HeaderContent;
}

/**
 * The menu that `machinist` alone opens.
 *
 * @param header what is known of the place without looking
 * @param look finds out how it stands with the project; the menu doesn't wait for it
 * @returns the value of the chosen entry, or undefined when the person leaves
 */
export async function runHome(
  entries: readonly MenuEntry[],
  header: HeaderContent,
  look: () => Promise<HomeLook>,
  streams: TerminalStreams = ownTerminal(),
): Promise<string | undefined> {
  let known = header;
  const lookAtFacts = async () => {
    const found = await look();
    known = found.header;
    return found.facts;
  };
  const end = await onStage(
    streams,
    () => ({ header: known }),
    (stage) =>
      stage.show<string | undefined>((done, tools) =>
        homeScreen(entries, lookAtFacts, done, tools),
      ),
  );
  if (end.kind === "failed") throw end.failure;
  return end.kind === "played" ? end.value : undefined;
}
