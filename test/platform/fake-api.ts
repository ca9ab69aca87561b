import { createServer, type IncomingHttpHeaders } from "node:http";
import { onTestFinished } from "vitest";
import { type Connection, type ConnectOptions, connect } from "../../src/platform/connection.ts";
import type { RequestReport } from "../../src/platform/http/transport.ts";
import { Secret } from "../../src/secret.ts";

/** A request as it came in; `url` is raw, percent signs and all. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How one request is answered; "hang" never answers, "drop" breaks the connection, "trickle" never ends. */
export type Reply =
  | {
      readonly status?: number;
      readonly json?: unknown;
      readonly text?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | "hang"
  | "drop"
  | "trickle";

export interface FakeApi {
  readonly address: string;
  readonly connection: Connection;
  /** All requests but token exchanges, in order. */
  readonly seen: readonly Seen[];
  readonly exchanges: readonly Seen[];
  readonly reports: readonly RequestReport[];
}

/** A token that must show up nowhere but in the exchange. */
export const apiToken = "canary-token-5d41402abc4b";

/**
 * A server on loopback with a connection to it, both gone after the test. `answer` gets every request
 * but the token exchange, which gives "access-1", "access-2"… unless `exchange` says otherwise.
 */
export async function fakeApi(
  answer: (request: Seen) => Reply | Promise<Reply>,
  options: Partial<ConnectOptions> & { exchange?: (count: number) => Reply } = {},
): Promise<FakeApi> {
  const { exchange = grant, ...rest } = options;
  const seen: Seen[] = [];
  const exchanges: Seen[] = [];
  const reports: RequestReport[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const request: Seen = {
      method: incoming.method ?? "",
      url: incoming.url ?? "",
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString(),
    };
    const isExchange = request.url === "/oauth2/token";
    (isExchange ? exchanges : seen).push(request);
    const reply = isExchange ? exchange(exchanges.length) : await answer(request);
    if (reply === "hang") return;
    if (reply === "drop") return incoming.socket.destroy();
    if (reply === "trickle") {
      const timer = setInterval(() => outgoing.write(" "), 10);
      return outgoing.on("close", () => clearInterval(timer));
    }
    const text = reply.text ?? (reply.json === undefined ? "" : JSON.stringify(reply.json));
    return outgoing.writeHead(reply.status ?? 200, { ...reply.headers }).end(text);
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  const address = `http://127.0.0.1:${port}`;
  const connection = connect({
    addresses: { api: address, auth: address, console: "https://console.example.org" },
    token: new Secret(apiToken),
    pause: async () => {},
    onRequest: (report) => reports.push(report),
    ...rest,
  });
  onTestFinished(async () => {
    await connection.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { address, connection, seen, exchanges, reports };
}

function grant(count: number): Reply {
  return { json: { access_token: `access-${count}`, expires_in: 900, token_type: "bearer" } };
}
