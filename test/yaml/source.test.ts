import { expect, test } from "vitest";
import { parseSource } from "../../src/yaml/source.ts";

const file = { file: "/shop/app.yaml", shown: "app.yaml" };

const nested = (opening: string, levels: number, closing: string) =>
  `name: ${opening.repeat(levels)}x${closing.repeat(levels)}\n`;

const refusedAt = (where: RegExp) =>
  expect.objectContaining({
    parts: expect.objectContaining({
      where: expect.stringMatching(where),
      why: "It is nested too deeply to be read",
    }),
  });

test("a file that is nested as deep as no person writes it is refused, with its place, before anything follows it down", () => {
  for (const levels of [300, 10_000]) {
    for (const [opening, closing] of [
      ["[", "]"],
      ["[", ""],
      ["{a: ", "}"],
    ] as const) {
      expect(() => parseSource(file, nested(opening, levels, closing))).toThrow(
        refusedAt(/^app\.yaml:1:\d+$/u),
      );
    }
  }
});

test("mappings that are indented below each other count as well", () => {
  const lines = (levels: number) =>
    Array.from({ length: levels }, (_, level) => `${" ".repeat(level)}a:\n`).join("");
  expect(parseSource(file, lines(100)).document.errors).toEqual([]);
  expect(() => parseSource(file, lines(1000))).toThrow(refusedAt(/^app\.yaml:\d+:\d+$/u));
});
