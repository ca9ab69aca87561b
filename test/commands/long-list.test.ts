import { expect, test } from "vitest";
import { linesWith } from "../../src/commands/faces/long-list.ts";

const projects = Array.from({ length: 5000 }, (_, index) => `${index + 1}. Shop ${index}, eu-5`);

test("of a long list twenty lines are read out, and how to have the others", () => {
  const told = linesWith(projects, "");
  expect(told).toHaveLength(21);
  expect(told.at(-1)).toBe("and 4980 more: type filter and words, to list those that have them.");
});

test("a filter lists what has all its words, with the numbers of the whole list", () => {
  expect(linesWith(projects, "SHOP 5000")).toEqual(["5000. Shop 4999, eu-5"]);
  expect(linesWith(projects, "eu-9")).toEqual(["None of 5000 has all of: eu-9"]);
});
