import { indented } from "../yaml/lines.ts";
import { keyText, quotedText } from "../yaml/scalar-text.ts";
import { keyColumn } from "../yaml/style.ts";
import type { AppFile } from "./app-file.ts";

/** A cron to add: its name, its schedule, and its shell commands, one line each. */
export interface NewCron {
  readonly name: string;
  readonly spec: string;
  readonly lines: readonly string[];
}

/**
 * A build hook as the manual writes it, for a person to paste below the application.
 *
 * @param app with it, the lines are as far to the right as its own keys: below its name, in a file of several
 */
export function buildHookToPaste(lines: readonly string[], app?: Pasted): string {
  return pasteBelow(["hooks:", "    build: |", ...indented(lines, 8)], app);
}

/** The application that something is pasted into. */
type Pasted = Pick<AppFile, "map" | "text">;

/** Lines as they are pasted below an application. */
export function pasteBelow(lines: readonly string[], app: Pasted | undefined): string {
  const column = app === undefined || app.map.flow === true ? 0 : keyColumn(app.text, app.map);
  return indented(lines, column).join("\n");
}

/** A cron as the manual writes it, for a person to paste below the application; as for `buildHookToPaste`. */
export function cronToPaste({ name, spec, lines }: NewCron, app?: Pasted): string {
  const cron = [
    `${keyText(name)}:`,
    `    spec: ${quotedText(spec, "single")}`,
    "    commands:",
    "        start: |",
    ...indented(lines, 12),
  ];
  return pasteBelow(["crons:", ...indented(cron, 4)], app);
}
