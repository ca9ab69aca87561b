import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { openShop } from "../setup/shop.ts";
import { keys, runInPty } from "./pty.ts";

const preload = pathToFileURL(join(import.meta.dirname, "busy-at-key.mjs")).href;

test.each([
  ["the wizard", ["setup", "--offline", "--branch", "main"], "to do?"],
  ["the guided audit", ["audit", "--offline"], "Enter the diff"],
] as const)(
  "Ctrl-C ends %s while it is busy with a large file, and gives the terminal back",
  async (_name, args, screen) => {
    const shop = await openShop();
    await appendFile(shop.file, `# ${"much ".repeat(2000)}\n`);
    const run = runInPty(
      args,
      { columns: 100, rows: 30 },
      { env: { ...shop.env, NODE_OPTIONS: `--import=${preload}` }, cwd: shop.directory },
    );
    await run.sees(screen);
    run.type("~");
    await run.sees("busy for good");
    run.type(keys.ctrlC);
    expect(await run.ended).toBe(130);
    const said = run.scrollback().join("\n");
    expect(said).toContain("nothing was changed");
    expect(said).toContain(`machinist ${args[0]} `);
    // Lines that begin at the left: the terminal makes a new line of each line's end again.
    expect(said).toMatch(/^nothing was changed/mu);
    expect(run.output().lastIndexOf("\u001b[?25h")).toBeGreaterThan(
      run.output().lastIndexOf("\u001b[?25l"),
    );
    expect(run.output().lastIndexOf("\u001b[?2004l")).toBeGreaterThan(
      run.output().lastIndexOf("\u001b[?2004h"),
    );
  },
);
