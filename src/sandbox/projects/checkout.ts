import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { CodeFiles } from "../git-objects.ts";

const git = promisify(execFile);

/**
 * Lays files down as a git repository with one commit on main and a remote called as the CLI of their vendor has it.
 * @param directory an empty folder
 * @param projectId the project that the remote names
 * @param origin the address of a Git host that has it as well
 */
export async function layDownCheckout(
  directory: string,
  projectId: string,
  files: CodeFiles,
  origin?: string,
): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const path = join(directory, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  const settings = ["user.name=Demo", "user.email=demo@example.org", "commit.gpgsign=false"];
  const remote = `${projectId}@git.eu-3.platform.sh:${projectId}.git`;
  for (const args of [
    ["init", "--quiet", "--initial-branch=main"],
    // The bytes of the files are kept, whatever the computer does with line ends otherwise.
    ["config", "core.autocrlf", "false"],
    ["remote", "add", ".upsun/config.yaml" in files ? "upsun" : "platform", remote],
    ...(origin === undefined ? [] : [["remote", "add", "origin", origin]]),
    ["add", "--all"],
    ["commit", "--quiet", "--no-verify", "--message", "Code as deployed"],
  ]) {
    const given = settings.flatMap((setting) => ["-c", setting]);
    await git("git", ["-C", directory, ...given, ...args]);
  }
}
