import { spawn } from "node:child_process";
import { basename } from "node:path";
import { Failure } from "../../failure.ts";
import { withoutTokens } from "../../secret.ts";
import { leavingCtrlC } from "../../signals.ts";

/** A place in a file, counted from 1. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * Opens a file in the person's own editor, `VISUAL` or else `EDITOR`, and waits until it is closed. The editor has the
 * terminal meanwhile, and its environment holds no token.
 *
 * @param path absolute
 * @param env names the editor; no file of a checkout can
 * @throws Failure "usage" where none is named, "unexpected" where it can't be started or fails
 */
export async function openInEditor(
  path: string,
  { line, column }: Place,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const editor = (env["VISUAL"] || env["EDITOR"] || "").trim();
  if (editor === "")
    throw new Failure("usage", {
      what: "It isn't known which editor is yours",
      why: "neither VISUAL nor EDITOR is set",
      where: `${path}:${line}`,
      next: "open the file at that line yourself, and press r here to read it again; or leave, set one (export EDITOR=nano), and start again",
    });
  const code = await leavingCtrlC(() => run(editor, placeWords(editor, path, line, column), env));
  if (code !== 0)
    throw new Failure("unexpected", {
      what: `Your editor ended with ${code}`,
      where: editor,
      next: "see whether VISUAL or EDITOR names a program that is there",
    });
}

/** How editors want to be told the place; most know `+LINE`, as POSIX has it for vi and ex. */
function placeWords(editor: string, path: string, line: number, column: number): readonly string[] {
  const [program = ""] = editor.split(/\s+/u);
  const name = basename(program).replace(/\.(?:exe|cmd)$/u, "");
  if (/^(?:code|code-insiders|codium|cursor|windsurf)$/u.test(name))
    return ["--wait", "--goto", `${path}:${line}:${column}`];
  if (/^(?:subl|zed|atom)$/u.test(name)) return ["--wait", `${path}:${line}:${column}`];
  if (/^(?:hx|helix)$/u.test(name)) return [`${path}:${line}:${column}`];
  return [`+${line}`, path];
}

/** The variable may hold a program with arguments, in quotes where it has blanks: a shell reads it, as Git has it. */
function run(editor: string, words: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const options = { env: withoutTokens(env), stdio: "inherit" } as const;
  const child =
    process.platform === "win32"
      ? spawn(`${editor} ${words.map((word) => `"${word}"`).join(" ")}`, {
          ...options,
          shell: true,
        })
      : // The shell that waits for the editor must not end by a Ctrl-C that is the editor's.
        spawn("/bin/sh", ["-c", `trap : INT\n${editor} "$@"`, "sh", ...words], options);
  return new Promise((resolve, reject) => {
    child.once("error", (error) =>
      reject(
        new Failure(
          "unexpected",
          { what: "Your editor can't be started", where: editor, why: error.message },
          { cause: error },
        ),
      ),
    );
    child.once("close", (code) => resolve(code ?? 1));
  });
}
