import { allVendors, patternOfAny } from "../vendors/registry.ts";
import { symfony } from "../vendors/symfony.ts";
import { namesToken } from "./leak/secrets.ts";
import { type FileReach, writeKey } from "./leak/streams.ts";
import { LeakWalk, type ScriptSurroundings } from "./leak/walk.ts";
import { parseScript } from "./parse/parse.ts";
import { withoutWrappers } from "./parse/simple-command.ts";
import { eachCommand, eachNode } from "./parse/tree.ts";

export { type FileReach, namesToken };

/** A place where a script writes the token out; offsets are those of the script. */
export interface TokenLeak {
  /** What the script does: "prints the token". */
  readonly says: string;
  /** Where it only gets into a file that goes on to other environments, and not to everybody. */
  readonly isKept?: true;
  readonly start: number;
  readonly end: number;
}

const debugVariable = `${patternOfAny(allVendors.map(({ prefix }) => prefix))}DEBUG`;
const debugging = new RegExp(`\\b${debugVariable}=1`, "u");
const isDebugVariable = new RegExp(`^${debugVariable}$`, "u");

/** Whether a variable has the CLI print its requests, with the token in them. @param value as it is set */
export function printsRequests(name: string, value: string): boolean {
  return isDebugVariable.test(name) && /^(?:1|true|yes|on)$/iu.test(value);
}

/**
 * Where a script prints the API token: by name, through other variables, files and pipes, with all variables, by tracing
 * a command that has it, or with the CLI's debug output. What can't be followed is taken to show nothing. Never throws.
 *
 * @param hasToken whether the token is among the variables, so that printing all of them prints it
 * @param around what is known beside the script
 */
export function tokenLeaks(
  script: string,
  hasToken: boolean,
  around: ScriptSurroundings = {},
): readonly TokenLeak[] {
  const { before = "", files = new Map<string, string>() } = around;
  if (!hasToken && ![script, before, ...files.values()].some(mayTellToken)) return [];
  const tree = parseScript(script);
  const found: TokenLeak[] = new LeakWalk(hasToken, around)
    .writes(tree)
    .map(({ says, start, end, isKept }) => ({
      ...{ says, start, end },
      ...(isKept === true ? { isKept } : {}),
    }));
  eachCommand(tree, ({ pos: start, end }) => {
    if (debugging.test(script.slice(start, end)))
      found.push({ says: "has the CLI print its requests, the token's among them", start, end });
  });
  return withoutTwins(found).sort((a, b) => a.start - b.start);
}

/**
 * Whether a text names the token, or what may have a CLI tell it or its requests, however the words are quoted; or has
 * a shell run what may be put together from variables.
 */
function mayTellToken(text: string): boolean {
  const words = text.replace(/\\\n|\$(?=")|["'\\]/gu, "");
  return tellers.test(words) || runningCode.test(words) || text.includes("$'");
}

/** What `innerCode` takes code from. */
const runningCode = /\b(?:eval|trap)\b|\s(?:-[a-z]*c|--command)\s/u;

const tellers = new RegExp(
  `TOKEN|${debugVariable}|${patternOfAny([...allVendors.map(({ binary }) => binary), symfony.binary])}`,
  "u",
);

/**
 * Where a script prints a part of the token, its length, or a form of it that isn't recognised: `${NAME:0:4}`, `${#NAME}`,
 * `base64`. CI systems hide the token in their logs only as a whole. Never throws.
 */
export function tokenPieces(script: string): readonly TokenLeak[] {
  const found: TokenLeak[] = [];
  eachCommand(parseScript(script), (command) => {
    const { words } = withoutWrappers(command);
    const [first] = words;
    if (first === undefined || !["echo", "printf"].includes(first.value)) return;
    const toFile = command.redirects.some(
      (each) =>
        each.type === "Redirect" &&
        !/^(?:\/dev\/(?:stderr|stdout)|[12])$/u.test(each.target?.value ?? ""),
    );
    if (toFile) return;
    eachNode(command, (node) => {
      if (node.type !== "ParameterExpansion" || !namesToken(node.parameter)) return;
      if (node.prefix !== "#" && !changing.has(node.operation?.type ?? "")) return;
      const says =
        node.prefix === "#" ? "prints the length of the token" : "prints a part of the token";
      found.push({ says, start: command.pos, end: command.end });
    });
  });
  return withoutTwins(found);
}

/** What makes another text of a value. */
const changing = new Set(["Slice", "Remove", "Replace", "CaseModification"]);

/** A function that is called twice writes in one place. */
function withoutTwins(leaks: readonly TokenLeak[]): TokenLeak[] {
  const told = new Set<string>();
  return leaks.filter((leak) => {
    const key = writeKey(leak);
    return !told.has(key) && told.add(key);
  });
}
