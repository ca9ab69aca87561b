import type { Secret } from "../secret.ts";
import type { Vendor } from "../vendors/vendor.ts";
import type { AccessTokenSource } from "./access-token.ts";
import { type Addresses, addressesOf } from "./addresses.ts";
import { UnexpectedAnswer } from "./answers/schema.ts";
import { ApiFailure } from "./api-failure.ts";
import { answerFailure } from "./http/answer-failure.ts";
import { accessTokens, givenAccessTokens } from "./http/auth.ts";
import { jsonBody, jsonOf } from "./http/json.ts";
import { proxyOf } from "./http/proxy.ts";
import { type RequestLine, requestPlace } from "./http/request-line.ts";
import { stepUp } from "./http/step-up.ts";
import { type HttpAnswer, type TransportOptions, transport } from "./http/transport.ts";

/** An open line to the API for one account. Paths are relative to the API's address and begin with a slash. */
export interface Connection {
  /** Reads; `parse` gets the JSON, or undefined for an empty body. Throws `ApiFailure`. */
  get<T>(path: string, parse: (json: unknown) => T): Promise<T>;
  /** Writes; a `Secret` in `body` is sent as its value, an undefined body not at all. Throws `ApiFailure`. */
  send<T>(
    method: "POST" | "PATCH" | "DELETE",
    path: string,
    body: unknown,
    parse: (json: unknown) => T,
  ): Promise<T>;
  /**
   * Reads an answer while it is being written, a line at a time, until it ends or `stop` is aborted. Throws
   * `ApiFailure` when it doesn't begin, or breaks off.
   */
  lines(path: string, stop: AbortSignal): AsyncIterable<string>;
  /** Ends the line at once; requests under way fail. */
  close(): Promise<void>;
  readonly addresses: Addresses;
}

/** What a connection needs; the signal, once aborted, ends every request with `Failure("interrupted")`. */
export interface ConnectOptions extends TransportOptions {
  readonly addresses: Addresses;
  /** The API token of the account, or who has its access tokens. */
  readonly token: Secret | AccessTokenSource;
}

/**
 * A connection to the API of a vendor, where the environment has it and through the proxy that it asks for. Nothing is
 * sent by this call. Throws a `Failure` ("usage") as `addressesOf` and `proxyOf` do.
 *
 * @param env the environment of the process
 */
export function connectTo(
  vendor: Vendor,
  env: NodeJS.ProcessEnv,
  options: Omit<ConnectOptions, "addresses" | "proxy">,
): Connection {
  return connect({ ...options, addresses: addressesOf(vendor, env), proxy: proxyOf(env) });
}

/**
 * A connection that exchanges the API token when it first needs to, renews the access token once
 * when it is refused, and never sends it anywhere but to `addresses.api`. Nothing is sent by this
 * call, and the HTTP library is loaded with the first request.
 */
export function connect(options: ConnectOptions): Connection {
  const { addresses, token } = options;
  const line = transport(options);
  const tokens =
    "accessToken" in token ? givenAccessTokens(token) : accessTokens(line, addresses.auth, token);
  const made = freshness();

  async function call<T>(
    request: RequestLine,
    body: string | undefined,
    parse: (json: unknown) => T,
  ): Promise<T> {
    const send = (access: Secret) =>
      line.request({
        ...request,
        base: addresses.api,
        headers: {
          ...headersFor(access),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        body,
        repeatable: request.method === "GET",
        fresh: request.method === "GET" && made.recently(request.path),
      });
    const access = await tokens.current();
    let answer = await send(access);
    if (answer.status === 401 && stepUp(answer) === undefined) {
      answer = await send(await tokens.renewed(access));
    }
    if (request.method === "POST" && answer.status < 300) made.at(request.path);
    return read(request, answer, parse);
  }

  async function* lines(path: string, stop: AbortSignal) {
    const request = { method: "GET", path } as const;
    const open = (access: Secret) =>
      line.stream(
        { ...request, base: addresses.api, headers: headersFor(access), repeatable: false },
        stop,
      );
    const access = await tokens.current();
    let answer = await open(access);
    if (answer.status === 401) answer = await open(await tokens.renewed(access));
    if (answer.status !== 200) {
      throw answerFailure(request, { status: answer.status, headers: {}, text: "" });
    }
    yield* linesOf(answer.parts);
  }

  return {
    addresses,
    get: (path, parse) => call({ method: "GET", path }, undefined, parse),
    send: (method, path, body, parse) =>
      call({ method, path }, body === undefined ? undefined : jsonBody(body), parse),
    lines,
    close: () => line.close(),
  };
}

function headersFor(access: Secret): Readonly<Record<string, string>> {
  return { accept: "application/json", authorization: `Bearer ${access.reveal()}` };
}

function read<T>(request: RequestLine, answer: HttpAnswer, parse: (json: unknown) => T): T {
  const body = jsonOf(answer);
  if (body.kind !== "json" || answer.status < 200 || answer.status > 299) {
    throw answerFailure(request, answer);
  }
  try {
    return parse(body.value);
  } catch (error) {
    if (!(error instanceof UnexpectedAnswer)) throw error;
    throw new ApiFailure(
      "api",
      {
        where: requestPlace(request),
        what: "The API's answer is not what was expected",
        why: error.message,
        next: "look for a newer version of machinist, or report this",
      },
      answer.status,
    );
  }
}

const longestLine = 1024 * 1024;

/** The lines of a text that comes in parts, without their ends; a line above a million characters is cut. */
async function* linesOf(parts: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const part of parts) {
    const lines = (rest + part).split("\n");
    rest = (lines.pop() ?? "").slice(0, longestLine);
    yield* lines;
  }
  if (rest !== "") yield rest;
}

const momentMs = 20_000;

/** Where something was made lately: the API may refuse to show it for a moment (platform API reference, rate limits). */
interface Freshness {
  /** Something was made in the collection at this path. */
  at(path: string): void;
  /** Whether something was made at this path, or above it, within the last twenty seconds. */
  recently(path: string): boolean;
}

function freshness(now: () => number = () => performance.now()): Freshness {
  const made = new Map<string, number>();
  return {
    at(path) {
      made.set(path, now());
    },
    recently(path) {
      return [...made].some(([above, since]) => path.startsWith(above) && now() - since < momentMs);
    },
  };
}
