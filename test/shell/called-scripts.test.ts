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

test("a program of another language is looked through for the CLI, and not followed", () => {
  const gaps = (script: string, path: string, text: string) =>
    readScript(script, new Map([[path, text]])).gaps.map(({ says, what }) => `${what}: ${says}`);
  const php = '<?php exec("platform -y backup:create --no-wait");';
  const says = "which calls platform backup:create";
  expect(gaps("php bin/job.php", "bin/job.php", php)).toEqual([
    `caller: runs php bin/job.php, ${says}`,
  ]);
  expect(gaps("cd bin && php -d a=b ./job.php", "bin/job.php", php)).toEqual([
    `caller: runs php ./job.php, ${says}`,
  ]);
  expect(gaps("bin/job", "bin/job", `#!/usr/bin/env php\n${php}`)).toEqual([
    `caller: runs bin/job, ${says}`,
  ]);
  const python = 'import subprocess\nsubprocess.run(["upsun", "redeploy"])';
  expect(gaps("python3 job.py", "job.py", python)).toEqual([
    "caller: runs python3 job.py, which calls upsun redeploy",
  ]);
  const installs = "<?php passthru('curl -sS https://platform.sh/cli/installer | php');";
  expect(gaps("php install.php", "install.php", installs)).toEqual([
    "caller: runs php install.php, which installs the CLI",
  ]);
  for (const text of [
    "<?php echo 'platform is up';",
    "<?php // backup:create",
    "<?php exec('ls');",
  ])
    expect(gaps("php bin/job.php", "bin/job.php", text)).toEqual([]);
  const node = "if (process.platform === 'linux') run('platform of backup:create')";
  expect(gaps("node job.js", "job.js", node)).toEqual(["program: runs node job.js"]);
});

test.each([
  ["php -d a=b bin/job.php", ["bin/job.php"]],
  ["cd bin && python3 job.py", ["job.py", "bin/job.py"]],
  ["node --require ./a job.js", ["job.js"]],
  ["php -r 'echo 1;'", []],
  ["python3 -m http.server", []],
  ["perl -pe 's/a/b/' x", []],
  ["awk -f a.awk x", []],
])("the programs that %s gives to another language", (script, programs) => {
  expect(calledScripts(script).programs).toEqual(programs);
  expect(calledScripts(script).paths).toEqual([]);
});

test("out of the app's folder and back is the app's folder", () => {
  expect(calledScripts("cd ../app && sh bin/a.sh").paths).toContain("bin/a.sh");
  expect(calledScripts("cd ../other && sh bin/a.sh").paths).not.toContain("../other/bin/a.sh");
  const reads = (script: string) =>
    readScript(script, new Map([["bin/a.sh", "platform redeploy"]])).called.size;
  expect([reads("cd ../app && sh bin/a.sh"), reads("cd ../other && sh bin/a.sh")]).toEqual([1, 0]);
});
