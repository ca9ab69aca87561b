import { indented } from "../yaml/lines.ts";
import { keyText, quotedText } from "../yaml/scalar-text.ts";

/** A cron to add: its name, its schedule, and its shell commands, one line each. */
export interface NewCron {
  readonly name: string;
  readonly spec: string;
  readonly lines: readonly string[];
}

/** A build hook as the manual writes it, for a person to paste below the application. */
export function buildHookToPaste(lines: readonly string[]): string {
  return ["hooks:", "    build: |", ...indented(lines, 8)].join("\n");
}

/** A cron as the manual writes it, for a person to paste below the application. */
export function cronToPaste({ name, spec, lines }: NewCron): string {
  const cron = [
    `${keyText(name)}:`,
    `    spec: ${quotedText(spec, "single")}`,
    "    commands:",
    "        start: |",
    ...indented(lines, 12),
  ];
  return ["crons:", ...indented(cron, 4)].join("\n");
}
