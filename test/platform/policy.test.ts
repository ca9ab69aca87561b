import { expect, test } from "vitest";
import {
  askedToWait,
  pauseBeforeNext,
  type RequestAttempt,
} from "../../src/platform/http/policy.ts";

const answer = (status: number, retryAfter?: string, date?: string): RequestAttempt => ({
  kind: "answer",
  status,
  retryAfter,
  date,
});
const lost: RequestAttempt = { kind: "lost" };
const read = { attempts: 1, repeatable: true, fresh: false, random: () => 0 };
const write = { ...read, repeatable: false };

test("a read is tried again after a lost connection and after a fault that passes, nothing else is", () => {
  for (const passing of [lost, ...[502, 503, 504, 524, 429].map((status) => answer(status))]) {
    expect(pauseBeforeNext(passing, read)).toBe(125);
  }
  for (const status of [200, 204, 301, 400, 401, 403, 404, 409, 500, 501]) {
    expect(pauseBeforeNext(answer(status), read)).toBeUndefined();
  }
  expect(pauseBeforeNext({ kind: "failed" }, read)).toBeUndefined();
});

test("a write is tried again only when it was turned away before anything was done", () => {
  expect(pauseBeforeNext(answer(429), write)).toBe(125);
  for (const uncertain of [lost, answer(502), answer(503), answer(504), answer(524)]) {
    expect(pauseBeforeNext(uncertain, write)).toBeUndefined();
  }
});

test("the pauses double, are drawn between half and whole, and end with the fourth attempt", () => {
  const pauses = (random: number) =>
    [1, 2, 3, 4].map((attempts) =>
      pauseBeforeNext(lost, { ...read, attempts, random: () => random }),
    );
  expect(pauses(0)).toEqual([125, 250, 500, undefined]);
  expect(pauses(1)).toEqual([250, 500, 1000, undefined]);
});

test("what the API refuses to show is read again only when it was made a moment ago", () => {
  expect(pauseBeforeNext(answer(403), { ...read, fresh: true })).toBe(125);
  expect(pauseBeforeNext(answer(404), { ...read, fresh: true })).toBeUndefined();
});

test("the wait that the API asks for is kept, and not begun when it is longer than a minute", () => {
  expect(pauseBeforeNext(answer(429, "7"), read)).toBe(7_125);
  expect(pauseBeforeNext(answer(503, "61"), read)).toBeUndefined();
  expect(pauseBeforeNext(answer(429, "soon"), read)).toBe(125);
});

test("a moment to wait for is read by the server's own clock", () => {
  const date = "Tue, 01 Jan 2030 10:00:00 GMT";
  const wait = (retryAfter: string, now?: string) => askedToWait({ retryAfter, date: now });
  expect(wait("Tue, 01 Jan 2030 10:00:30 GMT", date)).toBe(30_000);
  expect(wait("Tue, 01 Jan 2030 09:00:00 GMT", date)).toBe(0);
  expect(wait("Tue, 01 Jan 2030 10:00:30 GMT")).toBeUndefined();
  expect(wait("-5", date)).toBeUndefined();
  expect(askedToWait({})).toBeUndefined();
});
