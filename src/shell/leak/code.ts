import type { Word } from "unbash";
import { programName } from "../parse/simple-command.ts";
import { namesToken, type Secrets, type TokenExposure, together } from "./secrets.ts";

/** A program that runs code which stands in its words. */
interface Interpreter {
  readonly program: RegExp;
  /** The words in front of the code, each of which may be any of these. */
  readonly before: RegExp;
  /** The one of them behind which the code's value is printed. */
  readonly printing?: RegExp;
}

/** The last word in front of the code, or the code itself behind `=`. */
const interpreters: readonly Interpreter[] = [
  { program: /^php[\d.]*$/u, before: /^(?:-[a-zA-Z]*[rBRE]|--(?:run|process-code))$/u },
  {
    program: /^(?:node|bun)$/u,
    before: /^(?:-(?:e|p|pe)|--(?:eval|print))$/u,
    printing: /^(?:-pe?|--print)$/u,
  },
  { program: /^python[\d.]*$/u, before: /^-[a-zA-Z]*c$/u },
  { program: /^(?:perl|ruby)$/u, before: /^-[a-zA-Z0-9]*[eE]$/u },
  { program: /^drush$/u, before: /^(?:ev|eval|php[:-]eval)$/u },
  { program: /^wp$/u, before: /^eval$/u },
  { program: /^rails$/u, before: /^(?:r|runner)$/u },
];

const prints =
  /\b(?:echo|p?print(?:_r|f|ln)?|puts|say|var_dump|var_export|dump|dd|error_log|console\.\w+|write|phpinfo)\b|(?<![\w.$@])pp?\s+(?=ENV)/u;

/** All variables, as the languages have them, but for one of them by its name. */
const environments =
  /\bgetenv\(\)|\$_(?:ENV|SERVER)\b(?!\[)|\bprocess\.env\b(?![.[])|\{\s*env\s*\}\s*=\s*process\b|\benviron\b(?!\[|\.(?:get|keys|pop|setdefault|copy\(\)\.keys)\b)|\bENVIRON\b(?!\[\s*")|%ENV\b|\bENV\b(?!\s*\[|\.(?!each|to_|inspect|map|sort|select|filter|reject|values|entries))|\bphpinfo\b/u;

/** What tells only whether a variable is there, how long it is, or what the variables are called. */
const harmless: readonly RegExp[] = [
  /(?<!\bfor\s[\w\s,()]{0,60})(?:["']\w+["']|\b\w+)\s+(?:not\s+)?in\s+(?:os\.environ|process\.env)\b/gu,
  /\b(?:isset|empty|strlen|len|bool|boolval|count|list|sorted|Object\.keys|array_keys)\(\s*(?:os\.)?(?:getenv\((?:["']\w*["'])?\)|\$_(?:ENV|SERVER)(?:\[["']\w+["']\])?|environ(?:\[["']\w+["']\]|\.get\(["']\w+["']\))?|process\.env)\s*\)/gu,
  /!!\s*(?:process\.env\.\w+|getenv\(["']\w+["']\))/gu,
  /\bENV\.(?:key|has_key|include|member)\?\(?\s*["']\w+["']\)?/gu,
  /\bkeys\s+%ENV\b(?!.{0,500}\$ENV\{)/gu,
];

/** A command that code hands to a shell, in quotes; the second group is one whose output the code gets. */
const handedOver =
  /\b(?:(system|passthru|subprocess\.(?:run|call|check_call))|shell_exec|exec(?:Sync)?|popen|check_output|getoutput|proc_open|spawnSync)\s*\(\s*\[?\s*(["'])((?:(?!\2).){0,500})\2/gu;

/** What code that stands on the command line prints; undefined for a program that runs none. */
export function printedByCode(words: readonly Word[], secrets: Secrets): TokenExposure | undefined {
  const [first, ...rest] = words;
  const program = first === undefined ? "" : programName(first);
  if (/^[gm]?awk$/u.test(program)) return printedBy(rest[0], false, secrets);
  if (/^php[\d.]*$/u.test(program) && /^(?:-i|--info)$/u.test(rest[0]?.value ?? ""))
    return secrets.environment;
  if (/^php[\d.]*$/u.test(program) && rest.some(({ value }) => value === "tinker")) {
    const code = rest.find(
      ({ value }, at) => value.startsWith("--execute=") || rest[at - 1]?.value === "--execute",
    );
    return printedBy(code, false, secrets);
  }
  const interpreter = interpreters.find((each) => each.program.test(program));
  if (interpreter === undefined) return undefined;
  const at = rest.findIndex(({ value }) => interpreter.before.test(value));
  const isPrinted = interpreter.printing?.test(rest[at]?.value ?? "") === true;
  return at === -1 ? "nothing" : printedBy(rest[at + 1], isPrinted, secrets);
}

function printedBy(word: Word | undefined, isPrinted: boolean, secrets: Secrets): TokenExposure {
  if (word === undefined) return "nothing";
  const code = harmless.reduce((text, form) => text.replace(form, ""), word.value);
  const says = isPrinted || prints.test(code);
  const handed = [...code.matchAll(handedOver)].map(([, direct, , command = ""]) =>
    says || direct !== undefined ? secrets.printedBy(command) : "nothing",
  );
  if (!says) return together(handed);
  if (namesToken(code)) return "token";
  return together([
    environments.test(code) ? secrets.environment : "nothing",
    secrets.words([word]),
    ...handed,
  ]);
}
