import { expect, test, vi } from "vitest";
import { gitObjects } from "../../src/platform/answers/git-objects.ts";

const small = () => true;

test("an object is read once, whoever asks for it and when", async () => {
  const objects = gitObjects<string>(small);
  const read = vi.fn(async () => "text");
  const both = await Promise.all([objects.get("a", read), objects.get("a", read)]);
  expect([...both, await objects.get("a", read)]).toEqual(["text", "text", "text"]);
  expect(read).toHaveBeenCalledTimes(1);
});

test("what one project doesn't give is asked of the next, once for all that wait", async () => {
  const objects = gitObjects<string>(small);
  const refused = objects.get("a", () => Promise.reject(new Error("refused")));
  const read = vi.fn(async () => "text");
  const waiting = [objects.get("a", read), objects.get("a", read)];
  await expect(refused).rejects.toThrow("refused");
  expect(await Promise.all(waiting)).toEqual(["text", "text"]);
  expect(read).toHaveBeenCalledTimes(1);
});

test("a failure is each project's own, and nothing is kept of it", async () => {
  const objects = gitObjects<string>(small);
  const fail = (why: string) => objects.get("a", () => Promise.reject(new Error(why)));
  const outcomes = await Promise.allSettled([fail("one"), fail("two")]);
  expect(outcomes).toMatchObject([{ reason: { message: "one" } }, { reason: { message: "two" } }]);
  expect(await objects.get("a", async () => "text")).toBe("text");
});

test("a large one is given to who waits for it, and not kept", async () => {
  const objects = gitObjects<string>((text) => text.length < 3);
  const read = vi.fn(async () => "text");
  expect(await Promise.all([objects.get("a", read), objects.get("a", read)])).toHaveLength(2);
  await objects.get("a", read);
  expect(read).toHaveBeenCalledTimes(2);
});

test("of many the latest thousand are kept, and one that is used again is a late one", async () => {
  const objects = gitObjects<string>(small);
  const read = vi.fn(async () => "text");
  await objects.get("used", read);
  await objects.get("unused", read);
  for (let at = 0; at < 999; at += 1) {
    await objects.get(String(at), read);
    await objects.get("used", read);
  }
  expect(read).toHaveBeenCalledTimes(1001);
  await objects.get("used", read);
  expect(read).toHaveBeenCalledTimes(1001);
  await objects.get("unused", read);
  expect(read).toHaveBeenCalledTimes(1002);
});
