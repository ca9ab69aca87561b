import { Failure } from "../../failure.ts";
import { ApiFailure } from "../api-failure.ts";
import { type RequestLine, requestPlace } from "./request-line.ts";

const unreachable = "The API can't be reached";
const slow = "The API does not answer in time";
const untrusted = "The API's certificate is not trusted";
const checkNetwork = "check the network connection, and try again";
const tryAgain = "try again in a minute";
const checkCertificates =
  "behind a company proxy, give Node its certificate in NODE_EXTRA_CA_CERTS";

interface Cause {
  readonly what: string;
  readonly why: string;
  readonly next: string;
}

/** Error codes of Node (`man 3 errno`, `getaddrinfo`), OpenSSL and undici, in words. */
const causes: Readonly<Record<string, Cause>> = {
  ECONNREFUSED: {
    what: unreachable,
    why: "nothing listens at its address (ECONNREFUSED)",
    next: "check the address of the API, or start the sandbox if that is what it points to",
  },
  ENOTFOUND: {
    what: unreachable,
    why: "its host name is not known (ENOTFOUND)",
    next: checkNetwork,
  },
  EAI_AGAIN: {
    what: unreachable,
    why: "host names can't be looked up at the moment (EAI_AGAIN)",
    next: checkNetwork,
  },
  EHOSTUNREACH: {
    what: unreachable,
    why: "there is no way to its host (EHOSTUNREACH)",
    next: checkNetwork,
  },
  ENETUNREACH: {
    what: unreachable,
    why: "there is no network (ENETUNREACH)",
    next: checkNetwork,
  },
  ECONNRESET: {
    what: "The API broke off the connection",
    why: "the connection was lost before the answer was whole (ECONNRESET)",
    next: tryAgain,
  },
  UND_ERR_SOCKET: {
    what: "The API broke off the connection",
    why: "the connection was lost before the answer was whole",
    next: tryAgain,
  },
  EPIPE: {
    what: "The API broke off the connection",
    why: "the connection was lost before the request was whole (EPIPE)",
    next: tryAgain,
  },
  UND_ERR_PRX_TLS: { what: untrusted, why: "that of the proxy", next: checkCertificates },
  ETIMEDOUT: { what: slow, why: "connecting took too long (ETIMEDOUT)", next: checkNetwork },
  UND_ERR_CONNECT_TIMEOUT: { what: slow, why: "connecting took too long", next: checkNetwork },
  UND_ERR_HEADERS_TIMEOUT: { what: slow, why: "no answer came", next: tryAgain },
  UND_ERR_BODY_TIMEOUT: { what: slow, why: "the answer began and did not end", next: tryAgain },
  UND_ERR_RES_EXCEEDED_MAX_SIZE: {
    what: "The API's answer is too large",
    why: "it has more than 32 MiB",
    next: "check the address of the API",
  },
  CERT_HAS_EXPIRED: { what: untrusted, why: "it has expired", next: "check this computer's clock" },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    what: untrusted,
    why: "it is for another host",
    next: "check the address of the API",
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    what: untrusted,
    why: "it is signed by itself",
    next: checkCertificates,
  },
  SELF_SIGNED_CERT_IN_CHAIN: {
    what: untrusted,
    why: "it is signed by an authority that Node does not know",
    next: checkCertificates,
  },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {
    what: untrusted,
    why: "it is signed by an authority that Node does not know",
    next: checkCertificates,
  },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
    what: untrusted,
    why: "it is signed by an authority that Node does not know",
    next: checkCertificates,
  },
};

/** What undici throws where a proxy answers anything but 200 to CONNECT, and what nothing else ends with here. */
const refusedByProxy = "UND_ERR_ABORTED";

/** The code of our own for a proxy that closes the connection without an answer to CONNECT. */
export const closedByProxy = "ERR_CLOSED_BY_PROXY";

/** Codes of a request that never left, since there was no connection to send it on. */
const neverSent: readonly string[] = [
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  refusedByProxy,
  closedByProxy,
];

/**
 * What to throw for a request that got no answer.
 * @param code the `code` of the error that Node or undici gave, if it had one
 * @param o.interrupted whether the caller's own signal ended it
 * @param o.proxy the proxy on the way, whose address may be the one that fails: the variable that names it, and whether
 *   hosts are left out, of which the API's may be one
 */
export function networkFailure(
  request: RequestLine,
  code: unknown,
  {
    interrupted,
    proxy,
  }: {
    readonly interrupted: boolean;
    readonly proxy: { readonly variable: string; readonly leavesOut: boolean } | undefined;
  },
): Failure {
  const where = requestPlace(request);
  if (interrupted) {
    return new Failure("interrupted", { where, what: "Interrupted while waiting for the API" });
  }
  const name = typeof code === "string" ? code : "no error code";
  const cause = Object.hasOwn(causes, name) ? causes[name] : undefined;
  const unknown = { what: unreachable, why: `the request failed (${name})`, next: checkNetwork };
  const effect = neverSent.includes(name) || cause?.what === untrusted ? "none" : "unknown";
  if (proxy !== undefined && name === refusedByProxy) {
    const parts = {
      what: "The proxy doesn't let the request through",
      why: "it refused the way to the API's host, or asks for a name and a password",
      next: `check the proxy that ${proxy.variable} names; a name and a password go into its address, as in http://name:password@proxy.example.org:3128`,
    };
    return new ApiFailure("api", { where, ...parts }, undefined, effect);
  }
  if (proxy !== undefined && name === closedByProxy) {
    const parts = {
      what: "The proxy broke off the connection",
      why: "it gave no answer when it was asked for the way to the API's host",
      next: `check the proxy that ${proxy.variable} names`,
    };
    return new ApiFailure("api", { where, ...parts }, undefined, effect);
  }
  const parts = cause ?? unknown;
  const between =
    proxy !== undefined && parts.what === unreachable
      ? {
          why: `${parts.why}, or that of the proxy in between${proxy.leavesOut ? ", unless NO_PROXY leaves the API's host out" : ""}`,
          next: `check the proxy that ${proxy.variable} names, and the network connection`,
        }
      : {};
  return new ApiFailure("api", { where, ...parts, ...between }, undefined, effect);
}
