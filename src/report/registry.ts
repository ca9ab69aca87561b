import type { Format } from "./format.ts";
import { github } from "./formats/github.ts";
import { gitlab } from "./formats/gitlab.ts";
import { html } from "./formats/html/html.ts";
import { jsonFormat } from "./formats/json.ts";
import { jsonl } from "./formats/jsonl.ts";
import { junit } from "./formats/junit.ts";
import { markdown } from "./formats/markdown.ts";
import { sarif } from "./formats/sarif.ts";
import { textFormat } from "./formats/text.ts";
import type { FormatName } from "./names.ts";

/** Every format of a report; a new one is a file of its own, its name and a line here. */
export const formats: Readonly<Record<FormatName, Format>> = {
  text: textFormat,
  json: jsonFormat,
  jsonl,
  sarif,
  github,
  gitlab,
  junit,
  markdown,
  html,
};
