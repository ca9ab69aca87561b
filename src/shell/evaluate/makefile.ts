import type { Shell } from "./sighting.ts";

/** A line that a task runs. */
export interface TaskLine {
  /** What a shell of its own runs; undefined where only the program knows that. */
  readonly text: string | undefined;
  readonly shell: Shell;
  /** Whether its failure ends the task. */
  readonly isNeeded: boolean;
}

interface Rule {
  readonly needs: readonly string[];
  readonly recipe: readonly string[];
}

/** The lines of a target; undefined where more than they tells what they do. A line is run by a shell of its own (GNU make manual, "Recipe Execution"). */
export function makeLines(text: string, task: string | undefined): readonly TaskLine[] | undefined {
  if (/^(?:-?include|sinclude|define|ifn?(?:eq|def)|\.ONESHELL|\.RECIPEPREFIX)\b/mu.test(text))
    return undefined;
  const rules = new Map<string, Rule>();
  const variables = new Map<string, string>();
  let targets: readonly string[] = [];
  for (const written of text.replaceAll(/\\\n[^\S\n]*/gu, " ").split("\n")) {
    if (written.startsWith("\t")) {
      for (const target of targets) {
        const rule = rules.get(target) ?? { needs: [], recipe: [] };
        rules.set(target, { ...rule, recipe: [...rule.recipe, written.trim()] });
      }
      continue;
    }
    const [, name, value] = /^\s*(?:export\s+)?(\w+)\s*(?:::?|\?)?=\s*(.*)$/u.exec(written) ?? [];
    if (name !== undefined && value !== undefined) variables.set(name, value);
    const [, names, needs] = /^([^\s#=:][^#=:]*)::?(?!=)([^#;]*)/u.exec(written) ?? [];
    if (names === undefined || needs === undefined) {
      if (/^\S/u.test(written) && !written.startsWith("#")) targets = [];
      continue;
    }
    targets = names.trim().split(/\s+/u);
    for (const target of targets) {
      const before = rules.get(target) ?? { needs: [], recipe: [] };
      const added = needs.split(/\s+/u).filter((need) => need !== "" && need !== "|");
      rules.set(target, { ...before, needs: [...before.needs, ...added] });
    }
  }
  const first = task ?? [...rules.keys()].find((name) => !name.startsWith("."));
  if (first === undefined || !rules.has(first)) return undefined;
  const shell = /bash/u.test(variables.get("SHELL") ?? "") ? "bash" : "dash";
  const made = new Set<string>();
  const linesOf = (name: string): readonly TaskLine[] => {
    const rule = rules.get(name);
    if (rule === undefined || made.has(name)) return [];
    made.add(name);
    return [
      ...rule.needs.flatMap(linesOf),
      ...rule.recipe.map((recipe): TaskLine => {
        const [, signs = "", command = ""] = /^([@+-]*)\s*(.*)$/su.exec(recipe) ?? [];
        const text = expanded(command, variables, 0);
        return { text, shell, isNeeded: !signs.includes("-") };
      }),
    ];
  };
  return linesOf(first);
}

/** Nobody has variables hold each other more often. */
const deepest = 10;

/** What the shell gets of a line: `$(NAME)` as the file sets it, `$$` as `$`; undefined where only make knows. */
function expanded(
  text: string,
  variables: ReadonlyMap<string, string>,
  depth: number,
): string | undefined {
  if (depth > deepest) return undefined;
  let isKnown = true;
  const known = text.replaceAll(
    /\$(?:\$|\((\w+)\)|\{(\w+)\}|[\s\S])/gu,
    (found, inParentheses: string | undefined, inBraces: string | undefined) => {
      if (found === "$$") return "$";
      const name = inParentheses ?? inBraces;
      if (name === "MAKE") return "make";
      const value = name === undefined ? undefined : variables.get(name);
      if (value !== undefined) {
        const inner = expanded(value, variables, depth + 1);
        if (inner === undefined) isKnown = false;
        return inner ?? "";
      }
      // Of what the file doesn't set, make takes the variable of the environment.
      if (name === undefined || text.includes("'")) isKnown = false;
      return `\${${name}}`;
    },
  );
  return isKnown ? known : undefined;
}
