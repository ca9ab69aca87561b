import type { Shell } from "./sighting.ts";

/** A line that a task runs. */
export interface TaskLine {
  /** What a shell of its own runs; undefined where only the program knows that. */
  readonly text: string | undefined;
  readonly shell: Shell;
  /** Whether its failure ends the task. */
  readonly isNeeded: boolean;
  /** Whether it is run each time. */
  readonly isSure: boolean;
  /** Variables of the environment that were set before. */
  readonly variables: ReadonlyMap<string, string>;
}

const unset: TaskLine["variables"] = new Map();

interface Rule {
  readonly needs: string[];
  readonly recipe: string[];
}

/** What a Makefile says that is read here. */
interface Makefile {
  readonly rules: ReadonlyMap<string, Rule>;
  readonly variables: Variables;
  /** Whether it has rules for whole kinds of targets: what they run isn't known. */
  readonly hasPatterns: boolean;
}

/** The variables that a Makefile sets; undefined for one whose value only make knows. */
type Variables = ReadonlyMap<string, string | undefined>;

/** What is not read here: with it, the lines of a target don't tell what is run, or under which rules. */
const unreadForms =
  /^[ \t]*(?:-?include|sinclude|define|endef|ifn?(?:eq|def)|override|undefine)\b|^\.(?:ONESHELL|RECIPEPREFIX|IGNORE|SHELLFLAGS|DEFAULT_GOAL|SECONDEXPANSION|POSIX)\b|^(?!\t)[^#\n]*(?:\$[({]shell\b|!=)|^(?!\t)[^#\n=:]*:[^\n=]*\b(?:SHELL|\.SHELLFLAGS)\s*[:?+]?=/mu;

/** An assignment: the name, how it is set, the value, and a comment behind it. */
const assignment =
  /^\s*(?:(?:un)?export\s+)?([\w.]+)\s*(::?:?|\?|\+)?=\s*(?!\s)([^#\n\r\u2028\u2029]*)(#.*)?$/u;

/**
 * Reads a Makefile, and gives the lines of a target; undefined where more than they tells what they do. A line is run by
 * a shell of its own (GNU make manual, "Recipe Execution").
 */
export function makeReader(
  text: string,
): (task: string | undefined) => readonly TaskLine[] | undefined {
  const read = readMakefile(text);
  return (task) => (read === undefined ? undefined : linesOf(read, task));
}

function linesOf(
  { rules, variables, hasPatterns }: Makefile,
  task: string | undefined,
): readonly TaskLine[] | undefined {
  const first = task ?? [...rules.keys()].find((name) => !name.startsWith("."));
  if (first === undefined || !rules.has(first)) return undefined;
  const shell = /bash/u.test(variables.get("SHELL") ?? "") ? "bash" : "dash";
  const made = new Set<string>();
  const lines: TaskLine[] = [];
  const add = (name: string): void => {
    const rule = rules.get(name);
    if (made.has(name)) return;
    made.add(name);
    if (rule === undefined) {
      if (hasPatterns || name.includes("$"))
        lines.push({ text: undefined, shell, isNeeded: true, isSure: true, variables: unset });
      return;
    }
    for (const need of rule.needs) add(need);
    for (const recipe of rule.recipe) {
      const [, signs = "", command = ""] = /^([@+-]*)\s*(.*)$/su.exec(recipe) ?? [];
      const text = expanded(command, variables);
      lines.push({ text, shell, isNeeded: !signs.includes("-"), isSure: true, variables: unset });
    }
  };
  add(first);
  return lines;
}

function readMakefile(text: string): Makefile | undefined {
  if (unreadForms.test(text)) return undefined;
  const rules = new Map<string, Rule>();
  const variables = new Map<string, string | undefined>();
  let hasPatterns = false;
  let targets: readonly string[] = [];
  const ruleOf = (name: string): Rule => {
    const rule = rules.get(name) ?? { needs: [], recipe: [] };
    rules.set(name, rule);
    return rule;
  };
  for (const line of text.replaceAll(/\\\n[^\S\n]*/gu, " ").split("\n")) {
    if (line.startsWith("\t")) {
      for (const target of targets) ruleOf(target).recipe.push(line.trim());
      continue;
    }
    const [, name, how, written, comment] = assignment.exec(line) ?? [];
    if (name !== undefined && written !== undefined) {
      const value = comment === undefined ? written : written.trimEnd();
      // What make sets, it hands on to the shells where the environment has it: a guard would see that.
      if (/^PLATFORM_/u.test(name)) return undefined;
      const isKnown = how === undefined || (how.startsWith(":") && !/\$/u.test(value));
      variables.set(name, isKnown ? value : undefined);
      continue;
    }
    const [, names, needs, recipe] =
      /^([^\s#=:][^#=:]*)::?(?!=)([^#;]*)(?:;(.*))?/u.exec(line) ?? [];
    if (names === undefined || needs === undefined) {
      if (/^\S/u.test(line) && !line.startsWith("#")) targets = [];
      continue;
    }
    const ofTarget = assignment.exec(needs)?.[1];
    if (ofTarget !== undefined) variables.set(ofTarget, undefined);
    targets = names.trim().split(/\s+/u);
    if (names.includes("%")) hasPatterns = true;
    for (const target of targets) {
      const rule = ruleOf(target);
      if (ofTarget === undefined)
        rule.needs.push(...needs.split(/\s+/u).filter((need) => need !== "" && need !== "|"));
      if (recipe !== undefined && recipe.trim() !== "") rule.recipe.push(recipe.trim());
    }
  }
  return { rules, variables, hasPatterns };
}

/** Nobody has variables hold each other more often, or a line grow longer. */
const deepest = 10;
const longest = 20_000;

/** What the shell gets of a line: `$(NAME)` as the file sets it, `$$` as `$`; undefined where only make knows. */
function expanded(text: string, variables: Variables, depth = 0): string | undefined {
  if (depth > deepest) return undefined;
  const parts: string[] = [];
  let length = 0;
  let end = 0;
  for (const found of text.matchAll(/\$(?:\$|\((\w+)\)|\{(\w+)\}|[\s\S])/gu)) {
    const [whole, inParentheses, inBraces] = found;
    const name = inParentheses ?? inBraces;
    const value = whole === "$$" ? "$" : variableValue(name, text, variables, depth);
    if (value === undefined) return undefined;
    parts.push(text.slice(end, found.index), value);
    end = found.index + whole.length;
    length += value.length;
    if (length > longest) return undefined;
  }
  return parts.join("") + text.slice(end);
}

function variableValue(
  name: string | undefined,
  within: string,
  variables: Variables,
  depth: number,
): string | undefined {
  if (name === "MAKE") return "make";
  if (name === undefined) return undefined;
  if (variables.has(name)) {
    const value = variables.get(name);
    return value === undefined ? undefined : expanded(value, variables, depth + 1);
  }
  // Of what the file doesn't set, make takes the variable of the environment.
  return within.includes("'") ? undefined : `\${${name}}`;
}
