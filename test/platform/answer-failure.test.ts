import { expect, test } from "vitest";
import { answerFailure } from "../../src/platform/http/answer-failure.ts";
import { failureOf } from "./failing.ts";
import { apiToken, fakeApi } from "./fake-api.ts";

const asIs = (json: unknown) => json;

function whyOf(body: unknown, status = 400): string | undefined {
  const answer = { status, headers: {}, text: JSON.stringify(body) };
  return answerFailure({ method: "GET", path: "/users/me" }, answer).parts.why;
}

test("every shape of error body gives its message", () => {
  const invalid = { status: "Invalid input", message: "A field is wrong.", title: "Bad Request" };
  expect(whyOf({ ...invalid, code: 400, detail: { email: ["No such host."] } })).toBe(
    "A field is wrong.; email: No such host. (HTTP 400)",
  );
  expect(whyOf({ error: "no such thing" })).toBe("no such thing (HTTP 400)");
  expect(whyOf({ code: 403, message: "Access denied.\n\nUnauthorized: no" }, 403)).toBe(
    "Access denied. Unauthorized: no (HTTP 403)",
  );
  expect(whyOf({ message: "Invalid", detail: "the value is too long" })).toBe(
    "Invalid; the value is too long (HTTP 400)",
  );
  expect(whyOf({ message: "Invalid", detail: { error: "too long" } })).toBe(
    "Invalid; too long (HTTP 400)",
  );
  expect(whyOf({ error: "invalid_request", error_description: "Missing", error_hint: "x" })).toBe(
    "Missing; x (HTTP 400)",
  );
  for (const silent of [null, [], 7, "text", {}, { message: 5, error: { code: 1 } }]) {
    expect(whyOf(silent)).toBe("HTTP 400");
  }
});

test("a message from the API can't move the cursor, and a long one is cut", () => {
  expect(whyOf({ message: "\u001b[2J\u202egone\u0007" })).toBe("gone (HTTP 400)");
  expect(whyOf({ message: "a".repeat(5_000) })?.length).toBeLessThan(450);
});

test("a project that can't be seen is named, whichever status says so", () => {
  for (const status of [403, 404]) {
    const failure = answerFailure(
      { method: "GET", path: "/projects/abcdefgh12345" },
      { status, headers: {}, text: "" },
    );
    expect(failure.parts.what).toBe("Project abcdefgh12345 is not visible to this account");
    expect(failure.status).toBe(status);
    expect(failure.reason).toBe("api");
  }
});

test("each status has a sentence and something to do", () => {
  const sentences: Readonly<Record<number, string>> = {
    302: "elsewhere",
    400: "does not accept the request",
    401: "does not accept this sign-in",
    402: "plan",
    403: "may not change the variables of the project",
    404: "does not have this",
    409: "already",
    418: "refused",
    429: "too many requests",
    500: "has a problem",
    503: "has a problem",
    524: "has a problem",
  };
  for (const [status, sentence] of Object.entries(sentences)) {
    const answer = { status: Number(status), headers: {}, text: "" };
    const { parts } = answerFailure({ method: "POST", path: "/projects/a/variables" }, answer);
    expect(parts.what).toContain(sentence);
    expect(parts.next).toBeTruthy();
    expect(parts.where).toBe("POST /projects/a/variables");
  }
});

test("a web page in place of an answer is called that, unless the API itself is down", async () => {
  const page = "<!doctype html><title>Sign in to the network</title>";
  for (const status of [200, 403, 404]) {
    const api = await fakeApi(() => ({ status, text: page }));
    const failure = await failureOf(api.connection.get("/users/me", asIs), "Sign in to");
    expect(failure.parts.what).toBe("This is not the API that answers");
  }
  const down = await fakeApi(() => ({ status: 500, text: page }));
  const failure = await failureOf(down.connection.get("/users/me", asIs), "Sign in to");
  expect(failure.parts.what).toBe("The API has a problem");
});

test("an answer that is neither JSON nor a page is not repeated in the failure", async () => {
  const api = await fakeApi(() => ({ text: "plain words" }));
  const failure = await failureOf(api.connection.get("/users/me", asIs), "plain words");
  expect(failure.parts.what).toBe("The API's answer can't be read");
});

test("a redirect is not followed", async () => {
  const elsewhere = await fakeApi(() => ({ json: 1 }));
  const api = await fakeApi(() => ({
    status: 307,
    headers: { location: `${elsewhere.address}/users/me` },
  }));
  const failure = await failureOf(api.connection.get("/users/me", asIs), apiToken);
  expect(failure.parts.why).toContain(new URL(elsewhere.address).host);
  expect(elsewhere.seen).toEqual([]);
});

test("a token that the API repeats in its error is not shown", async () => {
  const api = await fakeApi(({ headers }) => ({
    status: 400,
    json: { message: `${headers.authorization} and ${apiToken} are not valid`, detail: [apiToken] },
  }));
  const failure = await failureOf(api.connection.get("/users/me", asIs), apiToken);
  expect(failure.parts.why).toContain("Bearer [secret] and [secret] are not valid");
});
