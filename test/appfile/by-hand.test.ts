import { describe, expect, test } from "vitest";
import { isMap, type YAMLMap } from "yaml";
import type { AppFile } from "../../src/appfile/app-file.ts";
import {
  buildHookToPaste,
  cronValue,
  givenToApp,
  inPlaceOf,
  ofApp,
  scriptToPaste,
} from "../../src/appfile/by-hand.ts";
import { appsIn } from "../../src/appfile/locate.ts";
import { parseApp } from "../../src/appfile/read.ts";
import { lineStart, nextLine } from "../../src/yaml/lines.ts";
import { nodeAt, ownEntry, type Path, rangeOf, valueAt } from "../../src/yaml/nodes.ts";
import type { ByHand } from "../../src/yaml/proof.ts";
import { readBySecondParser } from "../../src/yaml/prove/second-parser.ts";
import { appOf } from "./given.ts";

/** The one application of a file, or the last of several. */
function lastAppIn(shown: string, text: string): AppFile {
  const location = appsIn({ file: `/shop/${shown}`, shown }, text).at(-1);
  if (location === undefined) throw new Error("there is no application");
  return parseApp(location, text);
}

/** What a file means once a person has pasted into it what they were told to, where they were told to; read by another parser. */
function pastedInto(app: AppFile, { next, paste = "" }: ByHand): unknown {
  const { text, map, source } = app;
  const mapCalled = (called: string): YAMLMap => {
    const node = nodeAt(map, called.split("."), source.document);
    if (!isMap(node)) throw new Error(`${called} is no mapping`);
    return node;
  };
  const [, between] = /between the \{ \} of `(.*)`$/u.exec(next) ?? [];
  const [, below] = /below `(.*)`$/u.exec(next) ?? [];
  const [, instead] = /in place of (?:the empty )?`(.*)`$/u.exec(next) ?? [];
  if (next.endsWith("between its { }")) return meaningOf(betweenBraces(text, map, paste));
  if (between !== undefined) return meaningOf(betweenBraces(text, mapCalled(between), paste));
  if (below !== undefined) return meaningOf(belowOthers(text, mapCalled(below), paste));
  if (instead === undefined) return meaningOf(belowOthers(text, map, paste));
  const path = instead.split(".");
  const holder = path.length === 1 ? map : mapCalled(path.slice(0, -1).join("."));
  return meaningOf(insteadOf(text, holder, path.at(-1) ?? "", paste));
}

function betweenBraces(text: string, map: YAMLMap, paste: string): string {
  const brace = rangeOf(map)[1] - 1;
  expect(text[brace]).toBe("}");
  return `${text.slice(0, brace)}${map.items.length === 0 ? "" : ", "}${paste} ${text.slice(brace)}`;
}

/** On lines of its own behind the last entry. */
function belowOthers(text: string, map: YAMLMap, paste: string): string {
  const last = map.items.at(-1);
  const end = Math.max(rangeOf(last?.key)[1], rangeOf(last?.value)[1]);
  const at = text[end - 1] === "\n" ? end : nextLine(text, end);
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = paste.split("\n").join(eol) + eol;
  return at === undefined ? `${text}${eol}${lines}` : text.slice(0, at) + lines + text.slice(at);
}

function insteadOf(text: string, map: YAMLMap, key: string, paste: string): string {
  const entry = ownEntry(map, key);
  if (entry === undefined) throw new Error(`there is no ${key} to write over`);
  const end = Math.max(entry.colon, rangeOf(entry.value)[1]);
  if (map.flow === true) return text.slice(0, entry.keyStart) + paste + text.slice(end);
  const start = lineStart(text, entry.keyStart);
  // The first key behind the dash of a list has no line of its own to write over.
  const before = text.slice(start, entry.keyStart);
  const written = before.trim() === "" ? paste : before + paste.trimStart();
  const rest =
    text[end - 1] === "\n" ? text.slice(end) : text.slice(nextLine(text, end) ?? text.length);
  return `${text.slice(0, start)}${written}\n${rest}`;
}

function meaningOf(text: string): unknown {
  const read = readBySecondParser(text);
  if (read === undefined) throw new Error(`another parser can't read this:\n${text}`);
  return read.value;
}

const files: Readonly<Record<string, readonly [shown: string, text: string]>> = {
  "an app without crons": [".platform.app.yaml", "name: app\ntype: 'php:8.3'\n"],
  "an app without a last line end": [".platform.app.yaml", "name: app\ntype: 'php:8.3'"],
  "an app with crons": [
    ".platform.app.yaml",
    "name: app\ncrons:\n  a:\n    spec: '1 * * * *'\n    cmd: a\nhooks:\n  deploy: |\n    x\n",
  ],
  "an app whose crons are a list": [".platform.app.yaml", "name: app\ncrons: [a]\nhooks: [a]\n"],
  "an app whose crons are empty": [".platform.app.yaml", "name: app\ncrons:\nhooks:\n"],
  "an app whose crons are {}": [".platform.app.yaml", "name: app\ncrons: {}\nhooks: {}\n"],
  "an app whose crons are in braces": [
    ".platform.app.yaml",
    "name: app\ncrons: { a: { spec: '1 * * * *', cmd: a } }\nhooks: { deploy: x }\n",
  ],
  "an app whose crons are in braces over several lines": [
    ".platform.app.yaml",
    "name: app\ncrons: {\n  a: { spec: '1 * * * *',\n  cmd: a }\n  }\nhooks: {\n deploy: x\n }\n",
  ],
  "an app in braces": [".platform.app.yaml", "{ name: app, type: 'php:8.3' }\n"],
  "an app in braces over several lines": [
    ".platform.app.yaml",
    '{\n  "name": "app",\n  "type": "php:8.3"\n}\n',
  ],
  "an app in braces with crons": [
    ".platform.app.yaml",
    "{ name: app, crons: { a: { spec: '1 * * * *', cmd: a } }, hooks: { deploy: x } }\n",
  ],
  "a list of apps": [
    ".platform/applications.yaml",
    "-   name: shop\n    type: 'php:8.3'\n-   name: other\n    type: 'php:8.3'\n",
  ],
  "a list of apps that stands close to its dashes": [
    ".platform/applications.yaml",
    "- name: shop\n  crons:\n    a: {spec: '1 * * * *', cmd: a}\n- name: other\n  crons:\n    a: {spec: '1 * * * *', cmd: a}\n",
  ],
  "a list of apps of which each is in braces": [
    ".platform/applications.yaml",
    "- { name: shop, type: 'php:8.3' }\n- { name: other, type: 'php:8.3' }\n",
  ],
  "a list of apps in brackets": [
    ".platform/applications.yaml",
    "[{ name: shop }, { name: other, crons: { a: { spec: '1 * * * *', cmd: a } } }]\n",
  ],
  "the apps of Upsun": [
    ".upsun/config.yaml",
    "applications:\n  shop:\n    type: 'php:8.3'\nservices:\n  db:\n    type: 'mariadb:11.4'\n",
  ],
  "the apps of Upsun in braces": [
    ".upsun/config.yaml",
    "applications: { shop: { type: 'php:8.3', crons: { a: { spec: '1 * * * *', cmd: a } } } }\n",
  ],
  "the apps of Upsun, one of them in braces": [
    ".upsun/config.yaml",
    "applications:\n    shop: { type: 'php:8.3' }\n",
  ],
  "apps that share their crons": [
    ".platform/applications.yaml",
    "- name: shop\n  crons: &all\n    a: { spec: '1 * * * *', cmd: a }\n- name: other\n  crons: *all\n",
  ],
};

const scripts: Readonly<Record<string, readonly string[]>> = {
  "a guard": ['if [ "$PLATFORM_BRANCH" = main ]; then', "    platform backup:create --yes", "fi"],
  "one line": ["platform backup:create --yes"],
  tabs: ["if true; then", "\techo 'it''s'\t\\", "\t\tb", "fi"],
  "a first line that is further in": ["  a", "b # c", "", "d: e"],
  "signs of YAML": ["- a", "{ b: c }", "'d", '"e', "%f", "@g", "*h", "& i", "? j", "# k", "…"],
  "a control character": ["a\u0007b\u0085c", "d"],
};

describe.each(Object.entries(files))("what is to be pasted into %s", (_, [shown, text]) => {
  describe.each([
    ["with line feeds", text],
    ["with the line ends of Windows", text.replaceAll("\n", "\r\n")],
  ])("%s", (_ends, written) => {
    const app = () => lastAppIn(shown, written);
    const there = (path: Path) => valueAt(app().source.value, [...app().location.path, ...path]);
    const others = (path: Path) => {
      const value = there(path);
      return value instanceof Map ? [...value] : [];
    };

    test.each(Object.entries(scripts))("gives it a cron with %s", (_lines, lines) => {
      const cron = cronValue({ spec: "0 5 * * *", lines });
      const said = givenToApp(app(), ["crons", "on: it's"], cron, "this cron");
      const then = valueAt(pastedInto(app(), said), [...app().location.path, "crons"]);
      expect(then).toEqual(
        new Map([
          ...others(["crons"]),
          [
            "on: it's",
            new Map<string, unknown>([
              ["spec", "0 5 * * *"],
              ["commands", new Map([["start", expect.toSatisfy(isScript(lines))]])],
            ]),
          ],
        ]),
      );
    });

    test.each(Object.entries(scripts))("gives it a build hook of %s", (_lines, lines) => {
      const said = givenToApp(app(), ["hooks", "build"], lines, "this build hook");
      const then = valueAt(pastedInto(app(), said), [...app().location.path, "hooks"]);
      expect(then).toEqual(
        new Map([...others(["hooks"]), ["build", expect.toSatisfy(isScript(lines))]]),
      );
    });
  });
});

function isScript(lines: readonly string[]) {
  return (value: unknown) => String(value).trimEnd() === lines.join("\n");
}

const crons: Readonly<Record<string, string>> = {
  "in blocks":
    "crons:\n  a:\n    spec: '1 * * * *'\n    cmd:\n      - x\n      - y\n    timeout: 60\n",
  "with a step of four": "crons:\n    a:\n        cmd: [x, y]\n        spec: '1 * * * *'\n",
  "in braces": "crons: { a: { spec: '1 * * * *', cmd: [x, y], timeout: 60 } }\n",
  "in braces below a block": "crons:\n  a: { cmd: [x, y], spec: '1 * * * *' }\n",
};

test.each(Object.entries(crons))(
  "what is to be written over the key of a cron that stands %s",
  (_, text) => {
    const app = appOf(text);
    const map = nodeAt(app.map, ["crons", "a"], app.source.document);
    if (!isMap(map)) throw new Error("there is no cron");
    const said = inPlaceOf("crons.a.cmd", ["commands", "start"], ["x", "y"], {
      ...ofApp(app),
      map,
    });
    const then = valueAt(pastedInto(app, said), ["crons", "a"]);
    const cron = new Map(then instanceof Map ? then : []);
    expect(cron.get("commands")).toEqual(
      new Map([["start", expect.toSatisfy(isScript(["x", "y"]))]]),
    );
    expect(cron.get("spec")).toBe("1 * * * *");
    expect(cron.has("cmd")).toBe(false);
  },
);

test.each([
  ["a literal block", "hooks:\n  build: |\n    a\n    b\n  deploy: c\n", "hooks"],
  ["a folded block", "hooks:\n    build: >\n        a\n        b\n    deploy: c\n", "hooks"],
  ["a text in quotes", 'hooks:\n  build: "a\\nb"\n  deploy: c\n', "hooks"],
  ["braces", 'hooks: { build: "a\\nb", deploy: c }\n', "hooks"],
  ["a list of apps", "- name: shop\n  hooks:\n    build: |\n      a\n    deploy: c\n", "hooks"],
])("a script that stands as %s is shown with its key, as the file has it", (_, text) => {
  const shown = text.startsWith("-") ? ".platform/applications.yaml" : ".platform.app.yaml";
  const app = lastAppIn(shown, text);
  const { build } = app.hooks;
  if (build === undefined) throw new Error("there is no build hook");
  for (const script of ["x && y # z\n\tw\n", "x"]) {
    const paste = scriptToPaste(build, script);
    const then = pastedInto(app, { next: "in place of `hooks.build`", paste });
    const hooks = valueAt(then, [...app.location.path, "hooks"]);
    expect(valueAt(hooks, ["build"])).toSatisfy(isScript(script.trimEnd().split("\n")));
    expect(valueAt(hooks, ["deploy"])).toBe("c");
  }
});

test("a script that is a file of its own is shown as it is", () => {
  const app = appOf("hooks:\n  build: x\n");
  const { build } = app.hooks;
  if (build === undefined) throw new Error("there is no build hook");
  const { yaml: _none, ...included } = build;
  expect(scriptToPaste(included, "a\nb\n")).toBe("a\nb");
});

test("what is pasted for a file that can't be read begins at the margin", () => {
  expect(buildHookToPaste(["a", "b"])).toBe("hooks:\n    build: |\n        a\n        b");
});
