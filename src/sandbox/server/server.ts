import type { ServerResponse } from "node:http";
import { createServer, type IncomingMessage } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { Failure } from "../../failure.ts";
import type { FaultEffect } from "../faults.ts";
import { routes } from "../routes/routes.ts";
import type { Account, Store } from "../store.ts";
import { bearerAccount } from "./access-tokens.ts";
import { insteadOf, replyAfterFault } from "./faulty-reply.ts";
import { type HttpReply, jsonReply, noContent, projectFailure, RefusedRequest } from "./reply.ts";
import { readBody } from "./request-body.ts";
import type { RouteCall } from "./route.ts";
import { findRoute } from "./router.ts";

/** A request that was answered. */
export interface ServedRequest {
  readonly method: string;
  /** As it was sent, still encoded, without the query. */
  readonly path: string;
  /** How it was carried out, whatever became of the answer; "fault" when it wasn't. */
  readonly status: number | "fault";
  /** The address of who was signed in. */
  readonly user?: string;
}

/** A server that listens. */
export interface Server {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  readonly requests: readonly ServedRequest[];
  close(): Promise<void>;
}

/**
 * Listens on loopback only.
 *
 * @param port 0 takes any free port
 * @param onChange is told after each request that may have changed something
 * @throws Failure when the port can't be had
 */
export async function serve(store: Store, port: number, onChange?: () => void): Promise<Server> {
  const requests: ServedRequest[] = [];
  const server = createServer(async (request, response) => {
    const { reply, record, effects } = await answer(store, request);
    requests.push(record);
    if (record.method !== "GET") onChange?.();
    await deliver(response, reply, effects);
  });
  const bound = await new Promise<number>((resolve, reject) => {
    server.once("error", (error) => reject(portFailure(port, error)));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
  return {
    origin: `http://127.0.0.1:${bound}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Answered {
  readonly reply: HttpReply;
  readonly record: ServedRequest;
  /** What goes wrong on the way back. */
  readonly effects: readonly FaultEffect[];
}

async function answer(store: Store, request: IncomingMessage): Promise<Answered> {
  const method = request.method ?? "GET";
  const [path = "/", query = ""] = split(request.url ?? "/");
  const local = path.startsWith("/api/") ? path.slice("/api".length) : path;
  const effects = store.faults.on(method, local);
  for (const effect of effects) if (effect.kind === "latency") await wait(effect.ms);
  const early = effects.find((effect) => effect.kind === "reset" && effect.when === "before");
  const instead = effects.map(insteadOf).find((reply) => reply !== undefined);
  if (early !== undefined || instead !== undefined) {
    const reply = instead ?? noContent;
    return { reply, record: { method, path, status: "fault" }, effects };
  }
  if (effects.some(({ kind }) => kind === "failedDeployment")) store.failNext = true;
  const { reply, actor } = await handle(store, request, { method, path: local, query });
  const user = actor === undefined ? {} : { user: actor.email };
  return {
    reply: effects.reduce((sofar, effect) => replyAfterFault(effect, sofar), reply),
    record: { method, path, status: reply.status, ...user },
    effects,
  };
}

async function handle(
  store: Store,
  request: IncomingMessage,
  {
    method,
    path,
    query,
  }: { readonly method: string; readonly path: string; readonly query: string },
): Promise<{ readonly reply: HttpReply; readonly actor?: Account }> {
  let actor: Account | undefined;
  const by = (reply: HttpReply) => (actor === undefined ? { reply } : { reply, actor });
  try {
    requireLoopbackHost(request);
    const body = await readBody(request);
    const found = findRoute(routes, method, path);
    if (found === "path") throw projectFailure(404, "The sandbox has nothing at this path.");
    if (found === "method") return by(jsonReply(405, { code: 405, message: "Not allowed here." }));
    const call: RouteCall = {
      method,
      path,
      query: new URLSearchParams(query),
      body,
      param: (name) => found.params.get(name) ?? "",
    };
    const { route } = found;
    if (route.access === "anyone") return by(route.handle({ store, call }));
    actor = bearerAccount(store, request.headers.authorization);
    return by(route.handle({ store, call, actor }));
  } catch (error) {
    if (error instanceof RefusedRequest) return by(error.reply);
    return by(jsonReply(500, { code: 500, message: `The sandbox failed: ${error}` }));
  }
}

/** A web page that resolves its own name to loopback must not be able to talk to the sandbox. */
function requireLoopbackHost(request: IncomingMessage): void {
  const host = (request.headers.host ?? "").replace(/:\d+$/, "");
  if (host !== "127.0.0.1" && host !== "localhost") {
    throw projectFailure(400, "The sandbox answers on loopback addresses only.");
  }
}

function split(url: string): readonly string[] {
  const mark = url.indexOf("?");
  return mark === -1 ? [url] : [url.slice(0, mark), url.slice(mark + 1)];
}

function portFailure(port: number, error: NodeJS.ErrnoException): Failure {
  return new Failure(
    "usage",
    {
      what: "The sandbox can't listen",
      where: `127.0.0.1:${port}`,
      why:
        error.code === "EADDRINUSE"
          ? "something else listens on this port"
          : `the system answered ${error.code ?? "with an error"}`,
      next: "Choose another port with --port, or leave it out to take any that is free.",
    },
    { cause: error },
  );
}

/** Writes an answer to the wire, as well as the effects let it. */
async function deliver(
  response: ServerResponse,
  reply: HttpReply,
  effects: readonly FaultEffect[],
): Promise<void> {
  const body = reply.body ?? "";
  const headers = { ...reply.headers, "x-platform-cluster": "sandbox" };
  if (effects.some(({ kind }) => kind === "reset")) {
    response.destroy();
    return;
  }
  if (effects.some(({ kind }) => kind === "truncated")) {
    const length = Buffer.byteLength(body);
    response.writeHead(reply.status, { ...headers, "content-length": length + 1 });
    response.write(body.slice(0, body.length / 2), () => response.destroy());
    return;
  }
  const slow = effects.find((effect) => effect.kind === "slowBody");
  response.writeHead(reply.status, headers);
  if (slow !== undefined && body !== "") {
    response.write(body.slice(0, body.length / 2));
    await wait(slow.ms);
    response.end(body.slice(body.length / 2));
    return;
  }
  response.end(reply.body);
}
