import type { Row } from "../components/scroll-area.tsx";
import { leave, suspend } from "../keys/table.ts";
import type { Screen } from "../screen.ts";
import { clip } from "../text-width.ts";
import { pageRows, pageScreen } from "./page.tsx";

/** The page that `?` opens over a screen: what it asks and why, and every key that works there. */
export function helpScreen(over: Screen, close: () => void): Screen {
  return pageScreen((columns) => content(over, columns), close);
}

const everywhere = process.platform === "win32" ? [leave] : [leave, suspend];

function content(over: Screen, columns: number): readonly Row[] {
  const { title, paragraphs } = over.help ?? { title: "Keys", paragraphs: [] };
  const keys = [...over.keys, ...everywhere].map(({ shown, does }) =>
    clip(`${shown.padEnd(12)} ${does}`, columns),
  );
  return [
    ...pageRows(title, paragraphs, columns),
    ...keys.map((text) => ({ text, look: "plain" }) as const),
  ];
}
