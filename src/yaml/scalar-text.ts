/** How a one-line value is written. */
export type Quote = "single" | "double" | "plain";

/** A text on one line, in the given style, or in single quotes when plain text would be read differently. */
export function quotedText(text: string, quote: Quote): string {
  if (quote === "double") return JSON.stringify(text);
  if (quote === "plain" && readsAsItself(text)) return text;
  return `'${text.replaceAll("'", "''")}'`;
}

/** A key: plain when it is a plain word. */
export function keyText(name: string): string {
  return quotedText(name, /^[A-Za-z_][\w-]*$/u.test(name) ? "plain" : "single");
}

/** Plain text that both YAML 1.1 and 1.2 read as this text. Where in doubt: no. */
function readsAsItself(text: string): boolean {
  return (
    /^[A-Za-z_/.$\d][^\p{Cc}]*$/u.test(text) &&
    !/: |:$| #|\s$|\s{2}/u.test(text) &&
    !/^(?:true|false|null|yes|no|on|off|y|n|~)$/iu.test(text) &&
    !/^[\d.+-][\d._:eExXoOa-fA-F+-]*$/u.test(text)
  );
}
