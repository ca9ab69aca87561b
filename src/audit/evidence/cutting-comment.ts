import type { Script } from "../../appfile/app-file.ts";

/**
 * What YAML takes for a comment behind a script without quotes, where it looks like a part of the script; undefined when
 * there is no such thing. The offset is that of the file.
 */
export function cuttingComment({
  style,
  end,
  in: file,
}: Script): { readonly start: number; readonly text: string } | undefined {
  if (style !== "plain") return undefined;
  const [, blanks = "", text] =
    /^([ \t]+)(#.*)$/u.exec(file.text.slice(end).split(/\r?\n/u, 1)[0] ?? "") ?? [];
  // A comment of a person starts with a blank; options in it speak for a command all the same.
  if (text === undefined || !/^#\S|\s-{1,2}[a-z]/u.test(text) || /^#+(?:\s|$)/u.test(text))
    return undefined;
  return { start: end + blanks.length, text };
}
