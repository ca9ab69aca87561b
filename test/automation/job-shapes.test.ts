import { expect, test } from "vitest";
import { appsIn } from "../../src/appfile/locate.ts";
import { parseApp } from "../../src/appfile/read.ts";
import { straySections } from "../../src/automation/job-shapes.ts";

const type = "{ type: 'php:8.3' }";

test.each([
  ["the only one", [`one: ${type}`], ["one"]],
  ["the first of several", [`one: ${type}`, `two: ${type}`], ["one"]],
  ["the first that isn't included", ["one: !include one.yaml", `two: ${type}`], ["two"]],
  ["the first of a list", [`- ${type}`, `- ${type}`], ["app-1"]],
  ["the first of a list that isn't included", ["- !include one.yaml", `- ${type}`], ["app-2"]],
])("crons beside applications are told once, with %s", (_which, apps, told) => {
  const shown = ".upsun/config.yaml";
  const lines = ["applications:", ...apps.map((app) => `  ${app}`), "crons: { a: {} }", ""];
  const text = lines.join("\n");
  const found = appsIn({ file: `/shop/${shown}`, shown }, text)
    .filter((_location, index) => !apps[index]?.includes("!include"))
    .flatMap((location) =>
      straySections(parseApp(location, text)).map((stray) => [location, stray] as const),
    );
  expect(
    found.flatMap(([{ name }, { kind, isTold }]) => (kind === "beside apps" && isTold ? name : [])),
  ).toEqual(told);
});
