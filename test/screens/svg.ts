import type { PtyRun } from "../e2e/pty.ts";
import type { Palette } from "./palettes.ts";

const cell = { width: 8.4, height: 18 } as const;
const margin = 12;

/** Draws what is on the screen now, under a title for those who can not see it. Rows below the last one that holds something are left out. */
export function drawScreen({ emulator }: PtyRun, title: string, palette: Palette): string {
  const rows = rowsOnScreen(emulator, palette);
  return picture(emulator.cols, usedRows(rows), title, palette, textOf(rows, palette));
}

/** A screen of a recording, and how long it stays. */
export interface Scene {
  readonly rows: ScreenRows;
  readonly ms: number;
}

/** A screen as it is kept for a recording. */
export function sceneOf({ emulator }: PtyRun, palette: Palette, ms: number): Scene {
  return { rows: rowsOnScreen(emulator, palette), ms };
}

/**
 * Draws screens one after the other, again and again. A reader that doesn't animate shows one of them, still.
 *
 * @param still which of them that is
 */
export function drawScenes(
  scenes: readonly Scene[],
  still: number,
  columns: number,
  title: string,
  palette: Palette,
): string {
  const whole = scenes.reduce((sum, { ms }) => sum + ms, 0);
  const rows = Math.max(...scenes.map((scene) => usedRows(scene.rows)));
  let at = 0;
  const groups = scenes.flatMap((scene, index) => {
    const [from, to] = [at / whole, (at + scene.ms) / whole];
    at += scene.ms;
    const shown = index === still ? "inline" : "none";
    const first = from === 0;
    const values = first ? "inline;none" : "none;inline;none";
    const times = (first ? [0, to] : [0, from, to]).map((time) => time.toFixed(4)).join(";");
    const animation = `<animate attributeName="display" calcMode="discrete" dur="${whole}ms" repeatCount="indefinite" values="${values}" keyTimes="${times}"/>`;
    return [`<g display="${shown}">${animation}`, ...textOf(scene.rows, palette), "</g>"];
  });
  return picture(columns, rows, title, palette, groups);
}

type ScreenRows = readonly (readonly TextRun[])[];

function rowsOnScreen(emulator: PtyRun["emulator"], palette: Palette): ScreenRows {
  const buffer = emulator.buffer.active;
  return Array.from({ length: emulator.rows }, (_, row) =>
    runsOf(buffer.getLine(buffer.baseY + row), emulator.cols, palette),
  );
}

function usedRows(rows: ScreenRows): number {
  return rows.findLastIndex((runs) => runs.some(({ text }) => text.trim() !== "")) + 1;
}

function picture(
  columns: number,
  rows: number,
  title: string,
  { paper }: Palette,
  content: readonly string[],
): string {
  const width = Math.ceil(columns * cell.width + 2 * margin);
  const height = rows * cell.height + 2 * margin;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="${paper}"/>`,
    ...content,
    "</svg>",
    "",
  ].join("\n");
}

// Blanks that don't break are kept by every reader of SVG; of others, several in a row become one.
function textOf(rows: ScreenRows, { paper }: Palette): readonly string[] {
  return rows.flatMap((runs, row) =>
    runs.map((run) => {
      const y = margin + row * cell.height + 13;
      const weight = run.bold ? ' font-weight="bold"' : "";
      const opacity = run.dim ? ' opacity="0.65"' : "";
      const box = run.inverse
        ? `<rect x="${x(run.column)}" y="${y - 13}" width="${(run.cells * cell.width).toFixed(1)}" height="${cell.height}" fill="${run.colour}"/>`
        : "";
      const fill = run.inverse ? paper : run.colour;
      return `${box}<text x="${x(run.column)}" y="${y}" fill="${fill}"${weight}${opacity} textLength="${(run.cells * cell.width).toFixed(1)}">${escapeXml(run.text).replaceAll(" ", "\u00a0")}</text>`;
    }),
  );
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
function runsOf(line: Line, columns: number, { colours, ink }: Palette): readonly TextRun[] {
  const runs: TextRun[] = [];
  for (let column = 0; column < columns; column += 1) {
    const at = line?.getCell(column);
    if (at === undefined || at.getWidth() === 0) continue;
    const look = {
      colour: at.isFgPalette() ? (colours[at.getFgColor()] ?? ink) : ink,
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
