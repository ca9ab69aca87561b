import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { oneOf } from "../amounts.ts";
import { openShop, setTokenVariable } from "../setup/shop.ts";
import { keys, type PtyRun, runInPty, runInShell } from "./pty.ts";

const sizes = [
  { columns: 60, rows: 16 },
  { columns: 120, rows: 40 },
];

test.each(oneOf(sizes, 0))(
  "a finding is explained and fixed with keys alone at $columns × $rows",
  async (size) => {
    const shop = await openShop();
    await setTokenVariable(shop);
    const run = runInPty(["audit"], size, { env: shop.env, cwd: shop.directory });
    await run.sees("1 error, 3 warnings, 1 note");
    for (const { down, marked, change, left } of [
      {
        down: 0,
        marked: "❯ ✖ The cron renew asks for",
        change: '[ "$PLATFORM_BRANCH" = main ]',
        left: /^ *3 warnings/mu,
      },
      {
        down: 1,
        marked: "❯ ▲ The cron renew",
        change: "installer.sh",
        left: /^ *2 warnings/mu,
      },
      {
        down: 0,
        marked: "❯ ▲ The cron renew",
        change: "platform redeploy --no-wait --yes",
        left: /^ *1 warning,/mu,
      },
    ]) {
      await run.sees(/Enter (?:the )?diff|u takes it back/u);
      run.type(keys.down.repeat(down));
      await run.sees(marked);
      expect(colourOf(run, marked.slice(2, 3))).toBe(marked.includes("✖") ? 1 : 3);
      run.type(keys.enter);
      await run.sees("Make this change");
      run.type("y");
      await run.sees(left);
      expect(await readFile(shop.file, "utf8")).toContain(change);
    }
    run.type("q");
    expect(await run.ended).toBe(0);
    expect(run.scrollback().join("\n")).toContain("warning cron-renewal-obsolete");
    expect(run.scrollback().join("\n")).toContain("machinist undo takes them back");
    expect(run.output()).not.toContain("\u001b[3J");
  },
);

/** The number, in the palette, of the colour of the sign of the finding pointed at. */
function colourOf({ emulator }: PtyRun, sign: string): number | undefined {
  const { active } = emulator.buffer;
  return Array.from({ length: emulator.rows }, (_, row) => active.getLine(active.baseY + row))
    .find((line) => line?.translateToString().trimStart().startsWith(`❯ ${sign}`))
    ?.getCell(4)
    ?.getFgColor();
}

test("Ctrl-C leaves the audit with 130 and the file as it was", async () => {
  const shop = await openShop();
  const before = await readFile(shop.file, "utf8");
  const run = runInPty(
    ["audit"],
    { columns: 80, rows: 24 },
    { env: shop.env, cwd: shop.directory },
  );
  await run.sees("waits for");
  run.type(keys.ctrlC);
  expect(await run.ended).toBe(130);
  expect(run.screen().join("\n")).toContain("nothing was changed");
  expect(await readFile(shop.file, "utf8")).toBe(before);
});

const inLines = [
  ["--accessible", { args: ["audit", "--accessible"], env: {} }],
  ["TERM=dumb", { args: ["audit"], env: { TERM: "dumb" } }],
] as const;

test.each(oneOf(inLines, 1))(
  "with %s the audit is numbered lines, and nothing is drawn twice",
  async (_, { args, env }) => {
    const shop = await openShop();
    await setTokenVariable(shop);
    const run = runInPty(
      args,
      { columns: 80, rows: 24 },
      { env: { ...shop.env, ...env }, cwd: shop.directory },
    );
    await run.sees("Number of a finding");
    run.type("all\r");
    await run.sees("Plan:");
    run.type("apply\r");
    await run.sees("errors: 1, warnings: 2, notes: 1, not looked at: 1, safe fixes: 0");
    run.type("1\r");
    await run.sees("fix, ignore REASON, explain, Enter or ?:");
    run.type("fix\r");
    await run.sees("Make this change? yes or no:");
    run.type("yes\r");
    await run.sees("errors: 0, warnings: 2");
    run.type("quit\r");
    expect(await run.ended).toBe(0);
    expect(run.screen().join("\n")).toContain("warning cron-renewal-obsolete");
    expect(await readFile(shop.file, "utf8")).toContain("platform redeploy --no-wait --yes");
    // Neither upwards nor to the left, and no line or screen is erased.
    const codes = run.output().split("\u001b[").slice(1);
    expect(codes.filter((code) => /^\d*(?:[AFH]|[23]J)/u.test(code))).toEqual([]);
  },
);

test("Ctrl-Z in a shell stops the program with the terminal as it was, and fg draws the page again", async () => {
  const shop = await openShop();
  const before = await readFile(shop.file, "utf8");
  const run = runInShell({ columns: 80, rows: 24 }, { env: shop.env, cwd: shop.directory });
  run.type('PS1="ready> "\rmachinist audit\r');
  await run.sees("1 of ");
  run.type("f");
  await run.sees("y  Make this change");
  run.type(keys.ctrlZ);
  await run.sees(/Stopped.*\nready>\s*$/su);
  run.type("echo $((40 + 2))\r");
  await run.sees(/^42$/mu);
  run.type("fg\r");
  await run.sees("y  Make this change");
  run.type("n");
  await run.sees("Enter the diff");
  expect(await readFile(shop.file, "utf8")).toBe(before);
  run.type("q");
  await run.sees(/Left: .*ready>\s*$/su);
  run.type("exit 0\r");
  expect(await run.ended).toBe(0);
});

test("a finding that only a person can put right is opened in their editor at its line, and read again", async () => {
  const shop = await openShop();
  const editor = join(shop.folder, "an editor");
  await writeFile(
    editor,
    `#!/bin/sh\nprintf '%s\\n' "$@" "token: $PLATFORMSH_CLI_TOKEN" >${shop.folder}/opened\nsed -i 's/platform redeploy --yes/platform redeploy --yes --no-wait/' "$2"\n`,
    { mode: 0o755 },
  );
  const run = runInPty(
    ["audit"],
    { columns: 80, rows: 24 },
    { env: { ...shop.env, EDITOR: "false", VISUAL: `'${editor}'` }, cwd: shop.directory },
  );
  await run.sees("1 of ");
  run.type("/waits for\r");
  await run.sees("❯ ▲ The cron renew waits");
  run.type("o");
  await run.sees("Read again: that finding is gone.");
  const [at, path, token] = (await readFile(join(shop.folder, "opened"), "utf8")).split("\n");
  expect(at).toMatch(/^\+\d+$/u);
  expect(path).toBe(shop.file);
  expect(token).toBe("token: ");
  run.type("q");
  await run.ended;
});

test("Ctrl-C in the editor is the editor's, also where a large file was read", async () => {
  const shop = await openShop();
  const text = await readFile(shop.file, "utf8");
  await writeFile(shop.file, `${text}${"# a comment of many\n".repeat(600)}`);
  const editor = join(shop.folder, "editor");
  // Longer than the thread that hears signals waits before it ends a busy program.
  await writeFile(
    editor,
    "#!/bin/sh\ntrap 'sleep 1.2; exit 0' INT\necho the editor is open\nwhile :; do sleep 0.05; done\n",
    { mode: 0o755 },
  );
  const run = runInPty(
    ["audit"],
    { columns: 80, rows: 24 },
    { env: { ...shop.env, VISUAL: editor }, cwd: shop.directory },
  );
  await run.sees("1 of ");
  run.type("o");
  await run.sees("the editor is open");
  run.type(keys.ctrlC);
  await run.sees("Read again: this finding is still there.");
  run.type("q");
  expect(await run.ended).toBe(10);
});
