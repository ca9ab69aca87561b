import { expect, test } from "vitest";
import { readScript } from "../../src/shell/script.ts";

const names = (script: string) => readScript(script).commands.map(({ name }) => name);

test.each([
  "platform redeploy",
  "upsun env:redep",
  "/app/.platformsh/bin/platform redeploy",
  "php platform.phar redeploy",
  "symfony cloud:redeploy",
  "symfony upsun:environment:redeploy",
  "symfony environment:redeploy",
  "timeout 60 platform redeploy",
  "env A=b nohup nice -n 5 platform redeploy",
  "exec platform redeploy",
  "command platform redeploy",
  "echo x | xargs -n 1 platform redeploy",
  "sudo -u web platform redeploy",
  "sh -c 'platform redeploy'",
  "bash -lc 'platform redeploy'",
  "bash -o pipefail -c 'platform redeploy'",
  "eval 'platform redeploy'",
  "trap 'platform redeploy' EXIT",
  "work() { platform redeploy; }\nwork",
  "for i in 1 2; do platform redeploy; done",
  "(platform redeploy)",
  'echo "$(platform redeploy)"',
  "bash <<'EOF'\nplatform redeploy\nEOF",
  "bash <<'EOF'\necho a | platform redeploy\nEOF",
  "cat <<'EOF' | sh\nplatform redeploy\nEOF",
  "cat <<EOF | bash -e\nplatform redeploy\nEOF",
  "echo 'platform redeploy' | sh",
  "su -c 'platform redeploy' web",
  "su web -s /bin/sh -c 'platform redeploy'",
  "find . -name x -exec platform redeploy {} \\;",
  "find . -exec sh -c 'platform redeploy' \\;",
  "xargs --max-args 1 platform redeploy < list",
  "echo a | xargs -I{} sh -c 'platform redeploy'",
  "CLI=platform; $CLI redeploy",
  'CLI="php platform.phar"\n$CLI redeploy',
  "CMD=redeploy; platform $CMD",
])("the CLI is found in %s", (script) => {
  expect(names(script)).toEqual(["environment:redeploy"]);
});

test.each(["--help", "-h", "-yh", "--version", "-V"])(
  "a command with %s isn't run: the CLI tells of it",
  (option) => {
    expect(names(`platform backup:create ${option}`)).toEqual(["help"]);
    expect(names(`platform backup:create -- ${option}`)).toEqual(["backup:create"]);
  },
);

test("the command that multi runs is found in its quotes, where a flag can be put", () => {
  const script = "platform multi 'redeploy --yes' -p a,b";
  const [multi, inner] = readScript(script).commands;
  expect(multi?.name).toBe("multi");
  expect(inner).toMatchObject({ name: "environment:redeploy", flags: ["--yes"] });
  expect(script.slice(0, inner?.nameEnd)).toBe("platform multi 'redeploy");
});

test.each([
  ["platform multi redeploy -p a,b", []],
  ["platform multi -p a,b redeploy", []],
  ["platform multi --projects a,b -- redeploy --yes", ["--yes"]],
  ["platform multi redeploy --yes", []],
])("the command that multi runs is found without quotes in %s", (script, flags) => {
  const inner = readScript(script).commands.find(({ name }) => name !== "multi");
  expect(inner).toMatchObject({ name: "environment:redeploy", flags });
  expect(script.slice(0, inner?.nameEnd).endsWith(" redeploy")).toBe(true);
});

test.each([
  "cat <<'EOF' | sort\nplatform redeploy\nEOF",
  "find . -name platform",
  "su web",
  "echo platform redeploy",
  "symfony console cache:clear",
  "symfony server:start",
  "# platform redeploy",
  "cat <<'EOF'\nplatform redeploy\nEOF",
  "CLI=$OTHER; $CLI redeploy",
])("no CLI is claimed in %s", (script) => {
  expect(names(script)).toEqual([]);
});
