import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keeping } from "../../src/commands/sandbox/keeping.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("many changes within the delay are one write, and the next is another", async () => {
  const write = vi.fn(async () => undefined);
  const kept = keeping(write, { delayMs: 200, failed: vi.fn() });
  for (let at = 0; at < 3; at++) {
    kept.noteChange();
    await vi.advanceTimersByTimeAsync(60);
  }
  expect(write).toHaveBeenCalledTimes(0);
  await vi.advanceTimersByTimeAsync(20);
  expect(write).toHaveBeenCalledTimes(1);
  kept.noteChange();
  await vi.advanceTimersByTimeAsync(200);
  expect(write).toHaveBeenCalledTimes(2);
});

test("the end writes what waits, and nothing that comes later", async () => {
  const write = vi.fn(async () => undefined);
  const kept = keeping(write, { delayMs: 200, failed: vi.fn() });
  kept.noteChange();
  await kept.end();
  expect(write).toHaveBeenCalledTimes(1);
  await kept.end();
  kept.noteChange();
  await vi.advanceTimersByTimeAsync(1000);
  expect(write).toHaveBeenCalledTimes(1);
});

test("a change during a write is written after it, never beside it", async () => {
  let isWriting = false;
  let finish = () => {};
  const disk = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const write = vi.fn(async () => {
    expect(isWriting).toBe(false);
    isWriting = true;
    await disk;
    isWriting = false;
  });
  const failed = vi.fn();
  const kept = keeping(write, { delayMs: 200, failed });
  kept.noteChange();
  await vi.advanceTimersByTimeAsync(250);
  kept.noteChange();
  const ended = kept.end();
  await vi.advanceTimersByTimeAsync(2000);
  expect(write).toHaveBeenCalledTimes(1);
  finish();
  await ended;
  expect(write).toHaveBeenCalledTimes(2);
  expect(failed).not.toHaveBeenCalled();
});

test("a failure is told once, and the write is tried again at the next change and at the end", async () => {
  const full = new Error("no space");
  const write = vi.fn(() => Promise.reject(full));
  const failed = vi.fn();
  const kept = keeping(write, { delayMs: 200, failed });
  for (let at = 0; at < 2; at++) {
    kept.noteChange();
    await vi.advanceTimersByTimeAsync(200);
  }
  expect(failed.mock.calls).toEqual([[full]]);
  await expect(kept.end()).rejects.toBe(full);
  expect(write).toHaveBeenCalledTimes(3);
});
