import { describe, expect, test } from "vitest";
import {
  moveKeyUp,
  nestCommand,
  nestText,
  removeKey,
  setKey,
} from "../../src/appfile/operations.ts";
import { processorTime } from "../processor-time.ts";
import { appOf, file, refusalOf } from "./given.ts";

const crons = file(
  "name: app",
  "crons:",
  "    # Baskets.",
  "    baskets:",
  "        spec: '*/10 * * * *' # often",
  "        cmd: |",
  "            set -e",
  "",
  "            expire # them",
  "    mail: { spec: '5 * * * *', cmd: mail }",
  "disk: 2048 # MB",
);

const renamed = (text: string, name: string): string => {
  const app = appOf(text);
  const cron = app.crons.find((each) => each.name === name);
  if (cron === undefined) throw new Error("no such cron");
  return nestCommand(app, cron, "cmd").after;
};

describe("cmd becomes commands.start", () => {
  test("with a block, whose lines move along", () => {
    expect(renamed(crons, "baskets")).toBe(
      crons.replace(
        "        cmd: |\n            set -e\n\n            expire # them\n",
        "        commands:\n            start: |\n                set -e\n\n                expire # them\n",
      ),
    );
  });

  test.each([
    ["in a flow mapping", crons, "mail", "cmd: mail", "commands: { start: mail }"],
    [
      "plain, over two lines",
      file("crons:", "  a:", "    cmd: one", "      two", "    spec: 1 * * * *"),
      "a",
      "    cmd: one\n      two\n",
      "    commands:\n      start: one\n        two\n",
    ],
    [
      "quoted, with a comment, at the end of a file without a last line end",
      "crons:\n  a:\n    cmd: 'x' # why",
      "a",
      "cmd: 'x' # why",
      "commands:\n      start: 'x' # why",
    ],
    [
      "with CRLF and an indentation indicator",
      "crons:\r\n  a:\r\n    cmd: |2\r\n        x\r\n      y\r\n",
      "a",
      "    cmd: |2\r\n        x\r\n      y\r\n",
      "    commands:\r\n      start: |2\r\n          x\r\n        y\r\n",
    ],
  ])("%s", (_what, text, name, from, to) => {
    expect(renamed(text, name)).toBe(text.replace(from, to));
  });

  test("but not where there is none, with the place", () => {
    const app = appOf(file("crons:", "  a:", "    commands: { start: x }"));
    const [cron] = app.crons;
    if (cron === undefined) throw new Error("no cron");
    expect(refusalOf(() => nestCommand(app, cron, "cmd"))).toMatchObject({
      where: "app.yaml:2:3",
      why: "The cron a has no `cmd` of its own",
    });
  });
});

describe("a key is set", () => {
  test.each([
    [
      "in the quotes it has",
      ["crons", "baskets", "spec"],
      "0 5 * * *",
      "'*/10 * * * *' # often",
      "'0 5 * * *' # often",
    ],
    ["as a number", ["disk"], 4096, "2048 # MB", "4096 # MB"],
    [
      "in a flow mapping",
      ["crons", "mail", "timeout"],
      5,
      "cmd: mail }",
      "cmd: mail, timeout: 5 }",
    ],
    [
      "as a new last key of its mapping",
      ["crons", "baskets", "timeout"],
      60,
      "            expire # them\n",
      "            expire # them\n        timeout: 60\n",
    ],
    [
      "at the top of the application",
      ["timezone"],
      "Europe/Paris",
      "disk: 2048 # MB\n",
      "disk: 2048 # MB\ntimezone: 'Europe/Paris'\n",
    ],
  ] as const)("%s", (_what, path, value, from, to) => {
    expect(setKey(appOf(crons), path, value).after).toBe(crons.replace(from, to));
  });

  test("only below a mapping that is there, and only in place of one line", () => {
    expect(refusalOf(() => setKey(appOf(crons), ["access", "ssh"], "admin")).why).toBe(
      "There is no mapping access here",
    );
    expect(refusalOf(() => setKey(appOf(crons), ["crons", "baskets", "cmd"], "x"))).toMatchObject({
      where: "app.yaml:6:9",
      why: "Only a value on one line is replaced by another",
    });
  });
});

describe("a key is removed", () => {
  test.each([
    ["with its line", ["disk"], "disk: 2048 # MB\n", ""],
    ["in a flow mapping, the first", ["crons", "mail", "spec"], "spec: '5 * * * *', ", ""],
    ["in a flow mapping, the last", ["crons", "mail", "cmd"], ", cmd: mail", ""],
    [
      "with its block",
      ["crons", "baskets", "cmd"],
      "        cmd: |\n            set -e\n\n            expire # them\n",
      "",
    ],
  ] as const)("%s", (_what, path, from, to) => {
    const text = path[0] === "disk" ? crons.replace(" # MB", "") : crons;
    expect(removeKey(appOf(text), path).after).toBe(text.replace(from.replace(" # MB", ""), to));
  });

  test("at the end of a file that has no last line end, which then has none either", () => {
    expect(removeKey(appOf("name: app\ndisk: 1"), ["disk"]).after).toBe("name: app");
    expect(removeKey(appOf("crons:\n  a: {}\n"), ["crons", "a"]).after).toBe("crons: {}\n");
    expect(
      removeKey(appOf("- name: app\n  disk: 1\n", { form: "list", path: [0] }), ["name"]).after,
    ).toBe("- disk: 1\n");
  });

  test.each(["\n", "\r\n"])("the only one with its block, and the line end stays: %j", (eol) => {
    const job = ["crons:", "  a:", "    cmd: |", "      ./a", ""].join(eol);
    const only = ["crons: {}", ""].join(eol);
    expect(removeKey(appOf(job), ["crons", "a"]).after).toBe(only);
    expect(removeKey(appOf(`${job}disk: 1`), ["crons", "a"]).after).toBe(`${only}disk: 1`);
  });

  test("but not with a comment, which nobody asked to remove", () => {
    expect(refusalOf(() => removeKey(appOf(crons), ["disk"])).why).toBe(
      "The edit would change a comment",
    );
    expect(refusalOf(() => removeKey(appOf(crons), ["size"])).why).toBe(
      "There is no key size of its own",
    );
  });

  test("with the comments inside of it where somebody asked for that, and with no other", () => {
    const text = "a: 1 # one\nb:\n  # two\n  c: 2 # three\n# four\nd: 3\n";
    expect(removeKey(appOf(text), ["b"], { withComments: true }).after).toBe(
      "a: 1 # one\n# four\nd: 3\n",
    );
  });
});

test("a key that can't be moved with its comment is given as text to paste", () => {
  const app = appOf(
    file("crons:", "  a:", "    commands:", "      start: ./a # one", "      timeout: 60 # two"),
  );
  const [cron] = app.crons;
  if (cron === undefined) throw new Error("no cron");
  expect(refusalOf(() => moveKeyUp(app, cron, "timeout"))).toMatchObject({
    why: "The edit would change a comment",
    next: "write `timeout` beside `commands`, not below it",
    paste: "    timeout: 60 # two",
  });
});

test("very many blanks around the command of a list are soon read, and gone", () => {
  const blanks = " ".repeat(100_000);
  const nested = (written: string) => {
    const app = appOf(`workers:\n  queue:\n    commands: ${written}\n`);
    const path = ["workers", "queue", "commands"];
    return nestText(app, path, ["commands", "start"], { next: "nest it" }, [0]).after;
  };
  const seconds = processorTime();
  expect(nested(`[date${blanks}]`)).toBe("workers:\n  queue:\n    commands:\n      start: date\n");
  expect(() => nested(`[${blanks}&a date]`)).toThrow();
  expect(seconds()).toBeLessThan(2);
});
