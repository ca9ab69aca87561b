import { Play } from "../../../src/shell/play/decisions.ts";
import { trace } from "../../../src/shell/play/player.ts";
import { type Log, type Staging, stubs } from "./by-dash.ts";
import { playedFiles } from "./scripts.ts";

const branches = ["main", "another-branch"];
const types = ["production", "staging", "development"];

/** The environments that the generated scripts can tell apart. */
export const environments = branches.flatMap((branch) =>
  ["production", "development"].map((type) => ({ branch, type })),
);

/** What isn't so in the folder in which dash runs the scripts. */
const denied = [
  "[ -f /app/missing.txt ]",
  "[ -f /app/web/missing.txt ]",
  "[ -f /app/web/here.txt ]",
  "[ -d /app/web/web ]",
  "OTHER is set",
];
/** Folders that aren't there. */
const missing = ["/nowhere", "/web/web", "/web/nowhere", "/web/web/web"].flatMap((folder) => [
  `cd /app${folder}`,
  `cd ${folder}`,
]);

/**
 * What the player says that dash does, and the commands that it ran. Throws `Unplayable` for what can't be played.
 *
 * @param failing commands as a former play had them
 */
export function played({ script, branch, type, failing }: Staging): Log & {
  readonly commands: readonly string[];
} {
  const answers = new Answers([
    ...denied.map((question) => [question, 1] as const),
    ["PLATFORM_BRANCH", branches.indexOf(branch ?? "")] as const,
    ["PLATFORM_ENVIRONMENT_TYPE", types.indexOf(type ?? "")] as const,
  ]);
  const tried: ReadonlySet<string> = new Set();
  const situation = { answers, failing: new Set([...failing, ...missing, "cd /web"]), tried };
  const play = new Unchanging(situation, branches, "runtime");
  const text = { text: script, shell: "dash", stage: "runtime", files: playedFiles } as const;
  const { events, status } = trace(text, play);
  const lines = events.flatMap(({ words, folder }) => {
    const program = words.findIndex((word) => stubs.includes(word));
    const line = `${words.slice(program).join(" ")} in ${folder.replace(/^\/app/u, "")}`;
    return program === -1 ? [] : [asPrinted(line)];
  });
  return { lines, status, commands: [...play.commands].filter((command) => stub.test(command)) };
}

const stub = new RegExp(`^(?:${stubs.join("|")}) `, "u");

/** What a stub prints is one word. */
export function asPrinted(text: string): string {
  return text.replace(/\0([^\0]*)output of [^\0]*\0/gu, (_, what: string) =>
    what.endsWith("length of ") ? String(printed.length) : printed,
  );
}

const printed = "out";

/** The stubs do the same however often they are started, so a loop that waits for them doesn't end here either. */
class Unchanging extends Play {
  override count(): number {
    return 1;
  }
}

/** What is so where dash runs the scripts: of what a stub prints it is known how it compares. */
class Answers extends Map<string, number> {
  override get(question: string): number | undefined {
    const known = super.get(question);
    if (known !== undefined || / is set$/u.test(question)) return known;
    const [, other] =
      /^(?:\[ )?output of .* (?:fits|is|=) (.*?)(?: \])?$/u.exec(question) ??
      /^(.*) is output of /u.exec(question) ??
      [];
    return other === undefined || unquoted(other) === printed ? undefined : 1;
  }
}

function unquoted(text: string): string {
  return text.replaceAll(/["']/gu, "");
}

/** Nobody knows in which order the parts of a pipe are run. */
export function comparable(script: string, { lines, status }: Log): readonly string[] {
  return [...(script.includes("|") ? lines.toSorted() : lines), `status ${status}`];
}
