import { onTestFinished } from "vitest";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/sandbox.ts";

/** What came back; the body is parsed as JSON, and undefined when there was none. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Somebody who is signed in. */
export interface Person {
  readonly id: string;
  readonly bearer: string;
  get(path: string): Promise<Answer>;
  send(method: "POST" | "PATCH" | "DELETE", path: string, body?: unknown): Promise<Answer>;
}

/** A sandbox for the length of one test. */
export async function sandboxForTest(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** One request, as it is given. */
export async function request(
  sandbox: Sandbox,
  path: string,
  init: RequestInit = {},
): Promise<Answer> {
  const response = await fetch(`${sandbox.apiUrl}${path}`, init);
  const text = await response.text();
  const json = response.headers.get("content-type")?.includes("json-stream") === false;
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? undefined : json ? JSON.parse(text) : text,
  };
}

/** Exchanges an API token as the official clients do. */
export function exchange(sandbox: Sandbox, apiToken: string): Promise<Answer> {
  return request(sandbox, "/oauth2/token", {
    method: "POST",
    headers: { authorization: `Basic ${btoa("platform-api-user:")}` },
    body: new URLSearchParams({ grant_type: "api_token", api_token: apiToken }),
  });
}

/** Signs in with an API token; the operator's when none is given. */
export async function signIn(sandbox: Sandbox, apiToken = sandbox.operatorToken): Promise<Person> {
  const bearer = String(at((await exchange(sandbox, apiToken)).body, "access_token"));
  const authorization = `Bearer ${bearer}`;
  const get = (path: string) => request(sandbox, path, { headers: { authorization } });
  const me = await get("/users/me");
  return {
    id: String(at(me.body, "id")),
    bearer,
    get,
    send: (method, path, body) =>
      request(sandbox, path, {
        method,
        headers: { authorization, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}

/** Invites an address to a project as the operator, accepts for the person, and signs in as them. */
export async function invited(
  sandbox: Sandbox,
  project: string,
  permissions: readonly { readonly type: string; readonly role: string }[],
): Promise<Person> {
  const operator = await signIn(sandbox);
  const email = "machine@example.org";
  const body = { email, role: "viewer", permissions };
  await operator.send("POST", `/projects/${project}/invitations`, body);
  return signIn(sandbox, (await sandbox.acceptInvitation(email)).token);
}

/** The value at a path of keys in a parsed body; undefined where there is nothing. */
export function at(body: unknown, ...keys: readonly (string | number)[]): unknown {
  return keys.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined,
    body,
  );
}

/** Uses one of the addresses that only the sandbox has: "crons", "pushes", "tokens/revoke". */
export function play(sandbox: Sandbox, what: string, body: unknown): Promise<Answer> {
  return request(sandbox, `/sandbox/${what}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}
