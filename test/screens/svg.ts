import type { PtyRun } from "../e2e/pty.ts";

/** The sixteen basic colours as a dark terminal commonly shows them. */
const palette = [
  "#1e1e2e",
  "#e06c75",
  "#8ec07c",
  "#e5c07b",
  "#61afef",
  "#c678dd",
  "#56b6c2",
  "#d4d4d4",
  "#7f848e",
  "#ef8a92",
  "#a8d39a",
  "#f0d399",
  "#8ac6f7",
  "#d79be6",
  "#7fd0da",
  "#ffffff",
] as const;
const ink = "#d4d4d4";
const paper = "#1e1e2e";
const cell = { width: 8.4, height: 18 } as const;
const margin = 12;

/** Draws what is on the screen now, under a title for those who can not see it. Rows below the last one that holds something are left out. */
export function drawScreen({ emulator }: PtyRun, title: string): string {
  const buffer = emulator.buffer.active;
  const rows = Array.from({ length: emulator.rows }, (_, row) =>
    runsOf(buffer.getLine(buffer.baseY + row), emulator.cols),
  );
  const used = rows.findLastIndex((runs) => runs.some(({ text }) => text.trim() !== "")) + 1;
  const width = Math.ceil(emulator.cols * cell.width + 2 * margin);
  const height = used * cell.height + 2 * margin;
  // Blanks that don't break are kept by every reader of SVG; of others, several in a row become one.
  const text = rows.slice(0, used).flatMap((runs, row) =>
    runs.map((run) => {
      const y = margin + row * cell.height + 13;
      const weight = run.bold ? ' font-weight="bold"' : "";
      const opacity = run.dim ? ' opacity="0.6"' : "";
      const box = run.inverse
        ? `<rect x="${x(run.column)}" y="${y - 13}" width="${(run.cells * cell.width).toFixed(1)}" height="${cell.height}" fill="${run.colour}"/>`
        : "";
      const fill = run.inverse ? paper : run.colour;
      return `${box}<text x="${x(run.column)}" y="${y}" fill="${fill}"${weight}${opacity} textLength="${(run.cells * cell.width).toFixed(1)}">${escapeXml(run.text).replaceAll(" ", "\u00a0")}</text>`;
    }),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="${paper}"/>`,
    ...text,
    "</svg>",
    "",
  ].join("\n");
}

interface TextRun {
  readonly column: number;
  readonly text: string;
  readonly cells: number;
  readonly colour: string;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly inverse: boolean;
}

type Line = ReturnType<PtyRun["emulator"]["buffer"]["active"]["getLine"]>;

/** Neighbouring cells of one look, without those that are blank. */
function runsOf(line: Line, columns: number): readonly TextRun[] {
  const runs: TextRun[] = [];
  for (let column = 0; column < columns; column += 1) {
    const at = line?.getCell(column);
    if (at === undefined || at.getWidth() === 0) continue;
    const look = {
      colour: at.isFgPalette() ? (palette[at.getFgColor()] ?? ink) : ink,
      bold: at.isBold() !== 0,
      dim: at.isDim() !== 0,
      inverse: at.isInverse() !== 0,
    };
    const text = at.getChars() || " ";
    const last = runs.at(-1);
    if (last !== undefined && last.column + last.cells === column && sameLook(last, look)) {
      runs[runs.length - 1] = {
        ...last,
        text: last.text + text,
        cells: last.cells + at.getWidth(),
      };
    } else {
      runs.push({ column, text, cells: at.getWidth(), ...look });
    }
  }
  return runs.filter(({ text, inverse }) => inverse || text.trim() !== "");
}

function sameLook(one: TextRun, other: Omit<TextRun, "column" | "text" | "cells">): boolean {
  return (
    one.colour === other.colour &&
    one.bold === other.bold &&
    one.dim === other.dim &&
    one.inverse === other.inverse
  );
}

function x(column: number): string {
  return (margin + column * cell.width).toFixed(1);
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
