/** A stretch of a text that GitHub puts something else in the place of, before anybody else sees it. */
export interface Expression {
  /** What stands between the braces, without blanks around it. */
  readonly inner: string;
  readonly start: number;
  readonly end: number;
}

/** The expressions of a text, `${{ … }}`, in their order. */
export function expressionsIn(text: string): readonly Expression[] {
  return [...text.matchAll(/\$\{\{(.*?)\}\}/gsu)].map(({ 0: whole, 1: inner = "", index }) => ({
    inner: inner.trim(),
    start: index,
    end: index + whole.length,
  }));
}

/** The secret that a value is taken from, also with something to fall back on. */
export function secretNamed(text: string): string | undefined {
  return secretsNamed(text)[0];
}

/** The secrets that a text names, in their order. */
export function secretsNamed(text: string): readonly string[] {
  const found = text.matchAll(/\bsecrets\s*(?:\.\s*|\[\s*')([\w-]+)/giu);
  return [...found].flatMap(([, name]) => name ?? []);
}

/**
 * What others than the repository's own people choose, in the words of an expression; undefined for anything else. Branch
 * names, titles and texts may hold what a shell takes for a command (GitHub's page “Script injections”).
 */
export function chosenByOthers(inner: string): string | undefined {
  return others.exec(inner)?.[0];
}

const others =
  /\bgithub\.(?:head_ref|event\.(?:pull_request\.(?:title|body|head\.(?:ref|label|repo\.default_branch))|issue\.(?:title|body)|comment\.body|review\.body|review_comment\.body|discussion\.(?:title|body)|head_commit\.(?:message|author\.(?:name|email))|workflow_run\.(?:head_branch|head_commit\.(?:message|author\.(?:name|email))|display_title)))(?![\w.])/u;

/** The variable of `env` that an expression is: `env.NAME`. */
export function variableOf(inner: string): string | undefined {
  return /^env\.([A-Za-z_]\w*)$/u.exec(inner)?.[1];
}

/** The output of a step of the same job that an expression is: `steps.ID.outputs.NAME`. */
export function outputOf(
  inner: string,
): { readonly step: string; readonly output: string } | undefined {
  const [, step, output] = /^steps\.([\w-]+)\.outputs\.([\w-]+)$/u.exec(inner) ?? [];
  return step === undefined || output === undefined ? undefined : { step, output };
}

/** The output of another job that an expression is: `needs.ID.outputs.NAME`. */
export function neededOutputOf(
  inner: string,
): { readonly job: string; readonly output: string } | undefined {
  const [, job, output] = /^needs\.([\w-]+)\.outputs\.([\w-]+)$/u.exec(inner) ?? [];
  return job === undefined || output === undefined ? undefined : { job, output };
}

/** A text of an action with what its caller hands over in the place of its inputs. */
export function withInputs(text: string, input: (name: string) => string | undefined): string {
  return text.replaceAll(/\$\{\{\s*inputs\.([\w-]+)\s*\}\}/gu, (whole, name: string) => {
    return input(name) ?? whole;
  });
}
