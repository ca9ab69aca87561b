import { escapeXml } from "../xml.ts";

/** A part of a whole, with the class that colours it. */
export interface Share {
  readonly label: string;
  readonly count: number;
  readonly look: "error" | "warning" | "info" | "fine" | "failed";
}

const width = 1000;

/** One bar in which each share has its length, in SVG, with its number and name below. A screen reader hears the numbers. */
export function shareChart(title: string, shares: readonly Share[]): readonly string[] {
  const shown = shares.filter(({ count }) => count > 0);
  const total = shown.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return [];
  const said = shown.map(({ label, count }) => `${count} ${label}`).join(", ");
  let at = 0;
  const bars = shown.map(({ count, look }) => {
    const length = (count / total) * width;
    const bar = `<rect class="${look}" x="${round(at)}" y="0" width="${round(Math.max(0, length - 2))}" height="28" rx="3"/>`;
    at += length;
    return bar;
  });
  const names = shown.map(
    ({ label, count, look }) =>
      `<li><svg viewBox="0 0 12 12" aria-hidden="true"><rect class="${look}" width="12" height="12" rx="2"/></svg>${count} ${escapeXml(label)}</li>`,
  );
  return [
    `<svg class="chart" viewBox="0 0 ${width} 28" preserveAspectRatio="none" role="img" aria-label="${escapeXml(`${title}: ${said}`)}">`,
    ...bars,
    '</svg><ul class="legend" aria-hidden="true">',
    ...names,
    "</ul>",
  ];
}

/** A bar of one or more parts in a cell of a table, whose numbers stand beside it. */
export function bar(parts: readonly Omit<Share, "label">[], most: number): string {
  let at = 0;
  const rects = parts.map(({ count, look }) => {
    const length = most === 0 ? 0 : (count / most) * 100;
    const rect = `<rect class="${look}" x="${round(at)}" width="${round(length)}" height="10"/>`;
    at += length;
    return rect;
  });
  return `<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">${rects.join("")}</svg>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
