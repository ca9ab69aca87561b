/** The names of the formats, the one for people first. */
export const formatNames = [
  "text",
  "json",
  "jsonl",
  "sarif",
  "github",
  "gitlab",
  "junit",
  "markdown",
  "html",
] as const;

/** One of them. */
export type FormatName = (typeof formatNames)[number];
