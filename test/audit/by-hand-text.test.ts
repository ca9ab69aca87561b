import { expect, test } from "vitest";
import { appsIn } from "../../src/appfile/locate.ts";
import { parseApp } from "../../src/appfile/read.ts";
import { audit } from "../../src/audit/engine.ts";
import { valueAt } from "../../src/yaml/nodes.ts";
import { readBySecondParser } from "../../src/yaml/prove/second-parser.ts";

/** What a person is told to paste for what a rule finds in a file, and to do with it. */
function byHand(shown: string, text: string, rule: string) {
  const [location] = appsIn({ file: `/shop/${shown}`, shown }, text);
  if (location === undefined) throw new Error("there is no application");
  const finding = audit({ app: parseApp(location, text) }).find((each) => each.rule === rule);
  const fix = finding?.fix?.();
  if (fix?.kind !== "by-hand") throw new Error(`${rule} has no fix by hand here: ${fix?.kind}`);
  const { where, why, next = "", paste = "" } = fix.refusal;
  return { where, why, next, paste };
}

/** The value at a path once the text is in the place of another; read by another parser. */
function then(text: string, from: string, to: string, ...path: readonly (string | number)[]) {
  expect(text).toContain(from);
  const read = readBySecondParser(text.replace(from, () => to));
  if (read === undefined) throw new Error(`another parser can't read it: ${to}`);
  return valueAt(read.value, path);
}

const app = ".platform.app.yaml";
const upsun = ".upsun/config.yaml";
const list = ".platform/applications.yaml";

test.each<[string, string, string, string, readonly (string | number)[]]>([
  [
    "in blocks",
    app,
    "name: a\ncrons:\n  n:\n    spec: '1 * * * *'\n    commands:\n      - ./a\n      - |\n        ./b\n          ./c\n",
    "    commands:\n      - ./a\n      - |\n        ./b\n          ./c",
    ["crons", "n"],
  ],
  [
    "in the braces of its crons",
    app,
    "name: a\ncrons: { n: { spec: '1 * * * *', commands: [./a, './b\n\n    ./c'] } }\n",
    "commands: [./a, './b\n\n    ./c']",
    ["crons", "n"],
  ],
  [
    "of a list of apps in braces",
    list,
    "- { name: a, crons: { n: { spec: '1 * * * *', commands: [./a, ./b, ./c] } } }\n",
    "commands: [./a, ./b, ./c]",
    [0, "crons", "n"],
  ],
  [
    "of Upsun",
    upsun,
    "applications:\n    a:\n        type: x\n        crons:\n            n:\n                commands: [./a, ./b, ./c]\n                spec: '1 * * * *'\n",
    "                commands: [./a, ./b, ./c]",
    ["applications", "a", "crons", "n"],
  ],
])("commands of a cron %s are pasted over the list", (_, shown, text, from, path) => {
  const { next, paste } = byHand(shown, text, "cron-malformed");
  expect(next).toBe("write this in place of `commands`");
  const script = then(text, from, paste, ...path, "commands", "start");
  expect(String(script).trimEnd().split("\n")).toEqual([
    "./a",
    "./b",
    expect.stringMatching(/^ *\.\/c$/u),
  ]);
  expect(then(text, from, paste, ...path, "spec")).toBe("1 * * * *");
});

test.each<[string, string, string, readonly (string | number)[]]>([
  [
    "in blocks",
    "name: a\nworkers:\n  q:\n    commands:\n      start: [./a, ./b]\n",
    "      start: [./a, ./b]",
    [],
  ],
  [
    "in braces",
    "{ name: a, workers: { q: { commands: { start: [./a, ./b] } } } }\n",
    "start: [./a, ./b]",
    [],
  ],
  [
    "as a worker",
    "name: a\nworkers:\n  q: [./a, ./b]\n  r: {commands: {start: ./x}}\n",
    "  q: [./a, ./b]",
    [],
  ],
])("commands of a worker that are a list, %s, are pasted over it", (_, text, from, path) => {
  const { paste } = byHand(app, text, "command-malformed");
  expect(
    String(then(text, from, paste, ...path, "workers", "q", "commands", "start")).trimEnd(),
  ).toBe("./a\n./b");
});

const cron =
  "crons:\n  n:\n    spec: '1 1 * * *'\n    commands:\n      start: platform backup:list\n";

test.each<[string, string, (text: string, paste: string) => string]>([
  [
    "below the others",
    `name: a\nfirewall:\n  outbound:\n  - domains: [example.org]\n${cron}`,
    (text, paste) => text.replace("[example.org]\n", `[example.org]\n${paste}\n`),
  ],
  [
    "in brackets",
    `name: a\nfirewall: { outbound: [ { domains: [example.org] } ] }\n${cron}`,
    (text, paste) => text.replace("[example.org] }", `[example.org] }, ${paste}`),
  ],
])("a row of the firewall is pasted %s", (_, text, pasted) => {
  const { paste } = byHand(app, text, "firewall-blocks-cli");
  const read = readBySecondParser(pasted(text, paste));
  expect(valueAt(read?.value, ["firewall", "outbound", 1])).toEqual(
    new Map<string, unknown>([
      ["protocol", "tcp"],
      ["domains", ["api.upsun.com", "auth.upsun.com"]],
      ["ports", [443]],
    ]),
  );
});

test("a command that a comment cuts off is pasted whole, in quotes", () => {
  const text = "name: a\nhooks:\n    build: ./deliver.sh --to #releases --quiet\n";
  const { paste } = byHand(app, text, "script-cut-by-comment");
  expect(
    then(text, "    build: ./deliver.sh --to #releases --quiet", paste, "hooks", "build"),
  ).toBe("./deliver.sh --to #releases --quiet");
});

test("the certificate is loaded by the project's own CLI", () => {
  const rsync = "rsync -az a@ssh.eu-2.platform.sh:x y";
  const text = `name: a\ncrons:\n  n:\n    spec: '1 1 * * *'\n    commands:\n      start: ${rsync}\n`;
  expect(byHand(app, text, "ssh-certificate-missing").paste).toBe("platform ssh-cert:load --yes");
  const flex = `applications:\n  a:\n    type: x\n${text.replace("name: a\n", "").replaceAll(/^/gmu, "    ")}`;
  expect(byHand(upsun, flex, "ssh-certificate-missing").paste).toBe("upsun ssh-cert:load --yes");
});

test("a hook that is mistyped beside the right one is not said to be missing", () => {
  const text = "name: a\nhooks:\n  deploy: make\n  deplo: make b\n";
  expect(byHand(app, text, "hook-malformed")).toMatchObject({
    where: ".platform.app.yaml:4:3",
    why: "deploy stands beside it",
  });
});
