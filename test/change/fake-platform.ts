import { ApiFailure } from "../../src/platform/api-failure.ts";
import type { Connection } from "../../src/platform/connection.ts";
import { Secret } from "../../src/secret.ts";

type Body = Readonly<Record<string, unknown>>;

/** A connection to one project, `shop`, that is kept in memory, and what was asked of it. */
export interface FakePlatform extends Connection {
  readonly variables: Map<string, Body>;
  readonly invitations: Map<string, Body>;
  readonly access: Map<string, readonly string[]>;
  /** The requests that change something, as method and path. */
  readonly sent: string[];
  /** Every request fails from now on, as one that has this status; undefined for a lost connection. */
  fail(status: number | undefined): void;
}

const variablePath = /^\/projects\/shop\/environments\/main\/variables(?:\/(.+))?$/u;
const invitationPath = /^\/projects\/shop\/invitations(?:\/([^?]+))?/u;
const accessPath = /^\/projects\/shop\/user-access(?:\/([^?]+))?/u;

/** Accounts are named by their address: the id of `bot@example.org` is `bot`. */
export function fakePlatform(): FakePlatform {
  const variables = new Map<string, Body>();
  const invitations = new Map<string, Body>();
  const access = new Map<string, readonly string[]>();
  const sent: string[] = [];
  let failing: { readonly status: number | undefined } | undefined;

  const envelope = (type: string) => ({
    _embedded: { activities: [{ id: "activity1", type, state: "pending", result: null }] },
  });

  const answer = (method: string, path: string, body: Body): unknown => {
    const variable = variablePath.exec(path);
    const name = decodeURIComponent(variable?.[1] ?? String(body["name"]));
    const invitation = invitationPath.exec(path);
    const user = accessPath.exec(path);
    if (variable !== null) {
      const stored = { inherited: false, ...variables.get(name), ...body, name };
      if (method === "GET" || method === "PATCH") {
        if (!variables.has(name)) throw new ApiFailure("api", { what: "Not found" }, 404);
      }
      if (method === "GET") return stored;
      if (method === "DELETE") variables.delete(name);
      else variables.set(name, stored);
      return envelope(`environment.variable.${method}`);
    }
    if (invitation !== null) {
      if (method === "GET") return [...invitations.values()];
      if (method === "DELETE") return invitations.delete(invitation[1] ?? "") ? undefined : null;
      const made = { ...body, id: `invitation${invitations.size + 1}`, state: "pending" };
      invitations.set(made.id, made);
      return made;
    }
    if (user !== null) {
      const id = user[1] ?? "";
      if (method === "DELETE") access.delete(id);
      if (method === "PATCH" && Array.isArray(body["permissions"]))
        access.set(id, body["permissions"]);
      if (method !== "GET") return undefined;
      return {
        items: [...access].map(([user_id, permissions]) => ({ user_id, permissions })),
        _links: { "ref:users:0": { href: "/ref/users?in=all" } },
      };
    }
    return Object.fromEntries([...access.keys()].map((id) => [id, { email: `${id}@example.org` }]));
  };

  const ask = <T>(method: string, path: string, body: unknown, parse: (json: unknown) => T): T => {
    if (failing !== undefined) throw new ApiFailure("api", { what: "It failed" }, failing.status);
    return parse(answer(method, path, plain(body)));
  };

  return {
    variables,
    invitations,
    access,
    sent,
    fail: (status) => {
      failing = { status };
    },
    addresses: {
      api: "http://127.0.0.1:1",
      auth: "http://127.0.0.1:1",
      console: "http://127.0.0.1:1",
    },
    get: async (path, parse) => ask("GET", path, undefined, parse),
    send: async (method, path, body, parse) => {
      sent.push(`${method} ${path}`);
      return ask(method, path, body, parse);
    },
    async *lines() {},
    close: async () => undefined,
  };
}

function plain(body: unknown): Body {
  if (typeof body !== "object" || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      value instanceof Secret ? value.reveal() : value,
    ]),
  );
}
