import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { binary } from "./official-cli.ts";

const command = v.object({
  name: v.string(),
  aliases: v.array(v.string()),
  definition: v.object({ arguments: v.unknown(), options: v.unknown() }),
});

/** A command as the official CLI describes it. */
export type Command = v.InferOutput<typeof command>;

/** A command as its source has it. */
interface SourceOfCommand {
  readonly name: string;
  /** The names of its class, and of the one that this is made of. */
  readonly own: string;
  readonly base: string;
  readonly text: string;
}

/** The official CLI in a home of its own, for what it says about itself without a network. */
export interface OfficialCliAlone {
  /** What it says; undefined when it ends with an error. */
  readonly said: (...args: readonly string[]) => Promise<string | undefined>;
  /** Every command of it, hidden ones too. */
  readonly listed: readonly Command[];
  readonly inSource: readonly SourceOfCommand[];
  readonly end: () => Promise<void>;
}

/** Has the official CLI say what it has, and reads its source, which it unpacks into its home. */
export async function officialCliAlone(): Promise<OfficialCliAlone> {
  const home = await mkdtemp(join(tmpdir(), "machinist-official-cli-"));
  const said = (...args: readonly string[]) => saidIn(home, args);
  const list: unknown = JSON.parse((await said("list", "--all", "--format=json")) ?? "");
  return {
    said,
    listed: v.parse(v.object({ commands: v.array(command) }), list).commands,
    inSource: await sourceIn(home),
    end: () => rm(home, { recursive: true }),
  };
}

/** The name of the command that its help in JSON is about. */
export function nameInHelp(help: string | undefined): string {
  return v.parse(command, JSON.parse(help ?? "null")).name;
}

function saidIn(home: string, args: readonly string[]): Promise<string | undefined> {
  const env = {
    PATH: process.env["PATH"],
    HOME: home,
    UPSUN_CLI_HOME: home,
    UPSUN_CLI_NO_INTERACTION: "1",
    UPSUN_CLI_UPDATES_CHECK: "0",
  };
  return new Promise((resolve) => {
    execFile(binary, args, { env, cwd: home, maxBuffer: 2 ** 24 }, (error, out) =>
      resolve(error === null ? out : undefined),
    );
  });
}

async function sourceIn(home: string): Promise<readonly SourceOfCommand[]> {
  const folders = await readdir(join(home, ".cache/upsun-tmp"));
  const folder = folders.find((name) => name.startsWith("legacy-")) ?? "";
  // What is written in PHP lies beside the binary that runs it, in one file, as it was written.
  const source = await readFile(join(home, ".cache/upsun-tmp", folder, "upsun.phar"), "latin1");
  return source
    .split("#[AsCommand(")
    .slice(1)
    .flatMap((part) => {
      const [text = ""] = part.split("<?php", 1);
      const name = /^[^\]]*?\bname:\s*'([^']+)'/u.exec(text)?.[1];
      const [, own = "", base = ""] = /\bclass (\w+) extends (\w+)/u.exec(text) ?? [];
      return name === undefined ? [] : [{ name, own, base, text }];
    });
}
