import type { Format } from "./format.ts";
import { github } from "./github.ts";
import { html } from "./html/html.ts";
import { json } from "./json.ts";
import { jsonl } from "./jsonl.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import type { FormatName } from "./names.ts";
import { sarif } from "./sarif.ts";
import { text } from "./text.ts";

/** Every format of a report; a new one is a file of its own, its name and a line here. */
export const formats: Readonly<Record<FormatName, Format>> = {
  text,
  json,
  jsonl,
  sarif,
  github,
  junit,
  markdown,
  html,
};
