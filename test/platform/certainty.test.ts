import { expect, test } from "vitest";
import { certainly } from "../../src/platform/answers/certainty.ts";
import { ApiFailure } from "../../src/platform/api-failure.ts";
import { failureOf } from "./failing.ts";

const failing = (status: number | undefined) => new ApiFailure("api", { what: "no" }, status);

/** A write that ends as told, in turn, and how often it was sent; `there` says whether a look finds it done. */
function scene(outcomes: readonly (ApiFailure | "made")[], there: readonly boolean[]) {
  const left = [...outcomes];
  const looks = [...there];
  const counts = { writes: 0, looks: 0 };
  const outcome = certainly(
    async () => {
      counts.writes += 1;
      const next = left.shift();
      if (next instanceof ApiFailure) throw next;
      return next;
    },
    async () => {
      counts.looks += 1;
      return looks.shift() === true ? { outcome: "found" } : undefined;
    },
  );
  return { outcome, counts };
}

test("a write that is answered is sent once and not looked for", async () => {
  const { outcome, counts } = scene(["made"], []);
  expect(await outcome).toBe("made");
  expect(counts).toEqual({ writes: 1, looks: 0 });
});

test("a write that is refused is sent once and not looked for", async () => {
  for (const status of [302, 400, 402, 403, 404, 409]) {
    const { outcome, counts } = scene([failing(status)], []);
    expect(await failureOf(outcome, "canary")).toMatchObject({ status });
    expect(counts).toEqual({ writes: 1, looks: 0 });
  }
});

test("a write whose answer is lost is not sent again when it is found done", async () => {
  for (const status of [undefined, 200, 500, 502, 504]) {
    const { outcome, counts } = scene([failing(status)], [true]);
    expect(await outcome).toBe("found");
    expect(counts).toEqual({ writes: 1, looks: 1 });
  }
});

test("a write whose answer is lost is sent once more when it isn't found", async () => {
  const { outcome, counts } = scene([failing(undefined), "made"], [false]);
  expect(await outcome).toBe("made");
  expect(counts).toEqual({ writes: 2, looks: 1 });
});

test("a second write that is turned down, as the first came late, is looked for", async () => {
  const late = scene([failing(undefined), failing(409)], [false, true]);
  expect(await late.outcome).toBe("found");
  const taken = scene([failing(undefined), failing(409)], [false, false]);
  expect(await failureOf(taken.outcome, "canary")).toMatchObject({ status: 409 });
});

test("two lost answers end in words that say it isn't known", async () => {
  const { outcome, counts } = scene([failing(undefined), failing(502)], [false, false]);
  const failure = await failureOf(outcome, "canary");
  expect(failure.parts.next).toContain("it isn't known whether the change was made");
  expect(counts).toEqual({ writes: 2, looks: 2 });
});

test("where the look fails too, nothing is sent again", async () => {
  let writes = 0;
  const failure = await failureOf(
    certainly(
      async () => {
        writes += 1;
        throw failing(undefined);
      },
      async () => {
        throw failing(503);
      },
    ),
    "canary",
  );
  expect(failure.parts.next).toContain("it isn't known");
  expect(writes).toBe(1);
});
