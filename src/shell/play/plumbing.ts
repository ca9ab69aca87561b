import type { Redirection } from "unbash";
import { partsText, unsplitText } from "./expansion.ts";
import type { Context, Machine } from "./machine.ts";
import { Unplayable } from "./unplayable.ts";

/** Where redirections lead, as a text that is the same only when they are. */
export function plumbingOf(
  redirects: readonly Redirection[],
  context: Context,
  machine: Machine,
): string {
  return redirects.map((redirect) => ` ${one(redirect, context, machine)}`).join("");
}

function one(redirect: Redirection, context: Context, machine: Machine): string {
  const from = machine.expander(context);
  if (redirect.type === "HereString") throw new Unplayable("dash doesn't know <<<");
  const { descriptor } = redirect;
  if (descriptor?.type === "FileDescriptorVariable")
    throw new Unplayable(`dash doesn't know {${descriptor.name}}`);
  const number = descriptor?.value ?? "";
  if (redirect.type === "HereDoc") {
    const { body, delimiter } = redirect;
    const isPlain = delimiter?.quoted === true || body.parts === undefined;
    return `${number}<<${isPlain ? body.text : partsText(body.parts, from)}`;
  }
  const { operator, target } = redirect;
  const at = machine.placeOf(redirect, context);
  const written = machine.model.operator?.(operator, at) ?? operator;
  const file = target === undefined ? "" : unsplitText(target, from);
  if (written === "<") machine.looked(file);
  if (!written.startsWith("&")) return `${number}${written}${file}`;
  if (context.shell.shell !== "bash" && machine.model.isMeant?.(at) !== true)
    throw new Unplayable(`dash doesn't know ${written}`);
  return `${written.slice(1)}${file} 2>&1`;
}

/** Whether redirections write to a file, though it were with nothing. */
export function writesFile(plumbing: string): boolean {
  return />(?!&|>?\/dev\/)/u.test(plumbing);
}
