/**
 * How things look: the sixteen basic colours only, nothing painted behind, and never a colour alone, so that
 * every look also works in black and white. The caller decides about colour (NO_COLOR) before Ink is loaded.
 */
export const looks = {
  plain: {},
  strong: { bold: true },
  dim: { dimColor: true },
  accent: { color: "cyan" },
  chosen: { color: "cyan" },
  good: { color: "green" },
  warn: { color: "yellow" },
  bad: { color: "red" },
} as const;

/** The name of a look. */
export type LookName = keyof typeof looks;

/** The signs that carry what colour only underlines. */
export const signs = {
  done: "✔",
  bad: "✖",
  leftOut: "–",
  unknown: "?",
  current: "❯",
  later: "·",
  disabled: "✖",
  problem: "✖",
  warning: "▲",
  info: "•",
  ignored: "–",
  back: "↩",
  caret: "▏",
  dots: "••••••••",
  more: "…",
} as const;

/** The frames of the sign that something is being waited for. */
export const spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"] as const;
