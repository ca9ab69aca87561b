import { describe, expect, test } from "vitest";
import { type CliCommand, calledScripts, readScript } from "../../src/shell/script.ts";

const onMain = (...lines: readonly string[]) =>
  ['if [ "$PLATFORM_BRANCH" = main ]; then', ...lines, "fi"].join("\n");

/** The commands of a called script, as the one that calls it sees them. */
function commandsIn(file: string, script: string, texts: Readonly<Record<string, string>>) {
  return readScript(script, new Map(Object.entries(texts))).called.get(file)?.commands ?? [];
}

function summary({ name, shell, guard }: CliCommand) {
  return [name, shell, guard.kind];
}

describe("a script that is called", () => {
  test.each([
    ["bash x.sh", "bash"],
    ["sh ./x.sh", "dash"],
    ["./x.sh", "dash"],
    [". ./x.sh", "dash"],
    ['"$PLATFORM_APP_DIR/x.sh"', "dash"],
    ["/app/x.sh >/tmp/log 2>&1", "dash"],
    ["timeout 60 bash x.sh", "bash"],
    ["cd bin && cd .. && ./x.sh", "dash"],
    ["DIR=/app; $DIR/x.sh", "dash"],
  ])("by %s is read, and %s runs it", (call, shell) => {
    const [command] = commandsIn("x.sh", call, { "x.sh": "platform redeploy" });
    expect(command && summary(command)).toEqual(["environment:redeploy", shell, "unguarded"]);
  });

  test("runs in the shell that its first line names", () => {
    const texts = { "x.sh": "#!/usr/bin/env bash\n[[ 1 == 1 ]] && platform redeploy" };
    expect(commandsIn("x.sh", "./x.sh", texts).map(summary)).toEqual([
      ["environment:redeploy", "bash", "unguarded"],
    ]);
    expect(commandsIn("x.php", "./x.php", { "x.php": "#!/usr/bin/env php\nplatform a" })).toEqual(
      [],
    );
  });

  test("is guarded by what its caller asks, which is said to be elsewhere", () => {
    const [command] = commandsIn("x.sh", onMain("bash x.sh"), { "x.sh": "platform redeploy" });
    expect(command?.guard).toMatchObject({
      kind: "guarded",
      by: { branch: "main" },
      literal: { text: "main", in: "", start: 26 },
    });
  });

  test("guards its caller when it ends the shell that both share", () => {
    const texts = { "x.sh": '[ "$PLATFORM_BRANCH" = main ] || exit 0' };
    const { commands } = readScript(". ./x.sh\nplatform redeploy", new Map(Object.entries(texts)));
    expect(commands[0]?.guard).toMatchObject({ kind: "guarded", literal: { in: "x.sh" } });
    const apart = readScript("./x.sh\nplatform redeploy", new Map(Object.entries(texts)));
    expect(apart.commands[0]?.guard.kind).toBe("unguarded");
  });

  test("may call others, and itself without end", () => {
    const texts = { "a.sh": "sh b.sh\nsh a.sh", "b.sh": "platform redeploy" };
    expect(commandsIn("b.sh", "sh a.sh", texts).map(summary)).toEqual([
      ["environment:redeploy", "dash", "unguarded"],
    ]);
  });

  test("is counted among those whose text isn't known when it isn't there", () => {
    expect(readScript("bash x.sh").unread).toEqual(["x.sh"]);
  });
});

test("the paths of called scripts count from wherever the script goes", () => {
  expect(calledScripts("cd bin\n./a.sh\nbash /tmp/b.sh\nsh -c './c.sh'\n../../d.sh").paths).toEqual(
    ["a.sh", "bin/a.sh"],
  );
});

test("a script is looked for where a copy of a copy comes from, in the folder that the script is in", () => {
  const { paths, isWhole } = calledScripts(
    "cd web\ncd theme\ncp -r src /tmp/a\ncp -r /tmp/a/. new\nsh new/deploy.sh\nsh job.sh",
  );
  expect(paths).toEqual(
    expect.arrayContaining([
      "web/theme/src/deploy.sh",
      "web/theme/new/deploy.sh",
      "web/theme/job.sh",
    ]),
  );
  expect(isWhole).toBe(true);
});

test("of a script with hundreds of folders, files and copies no more is looked up than of any other", () => {
  const copies = Array.from({ length: 20 }, (_, at) => `cp -r from${at} bin`);
  const calls = Array.from({ length: 300 }, (_, at) => `cd d${at}; sh bin/a${at}.sh`);
  const { paths, isWhole } = calledScripts([...copies, ...calls].join("\n"));
  expect(paths.length).toBeLessThanOrEqual(2000);
  expect(paths).toEqual(expect.arrayContaining(["bin/a0.sh", "bin/a299.sh"]));
  expect(isWhole).toBe(false);
});
