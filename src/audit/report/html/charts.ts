import { escaped } from "../xml.ts";

/** A part of a whole, with the class that colours it. */
export interface Share {
  readonly label: string;
  readonly count: number;
  readonly look: "error" | "warning" | "info" | "fine" | "failed";
}

const width = 1000;

/** One bar in which each share has its length, with its number and name below, in SVG. A screen reader hears the numbers. */
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
  const names = shown.map(({ label, count, look }, index) => {
    const x = (index * width) / Math.max(shown.length, 4);
    return `<rect class="${look}" x="${round(x)}" y="42" width="12" height="12" rx="2"/><text x="${round(x + 18)}" y="53">${count} ${escaped(label)}</text>`;
  });
  return [
    `<svg class="chart" viewBox="0 0 ${width} 62" role="img" aria-label="${escaped(`${title}: ${said}`)}">`,
    ...bars,
    ...names,
    "</svg>",
  ];
}

/** A bar in a cell of a table, whose number stands beside it. */
export function bar(count: number, most: number, look: Share["look"]): string {
  const length = most === 0 ? 0 : (count / most) * 100;
  return `<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="${look}" width="${round(length)}" height="10"/></svg>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
