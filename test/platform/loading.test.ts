import { expect, test, vi } from "vitest";
import { fakeApi } from "./fake-api.ts";

const loaded = vi.hoisted(() => ({ undici: false }));

vi.mock("undici", async (original) => {
  loaded.undici = true;
  return original();
});

test("the HTTP library is loaded with the first request, not before", async () => {
  const api = await fakeApi(() => ({ json: {} }));
  expect(loaded.undici).toBe(false);
  await api.connection.get("/users/me", () => undefined);
  expect(loaded.undici).toBe(true);
});
