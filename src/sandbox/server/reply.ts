/** What goes back over the wire. Without a body nothing is written, not even an empty object. */
export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Ends the handling of a request with this reply; the server catches it. */
export class RefusedRequest extends Error {
  readonly reply: HttpReply;

  constructor(reply: HttpReply) {
    super(`refused with ${reply.status}`);
    this.reply = reply;
  }
}

/** An answer with a body in JSON. */
export function jsonReply(status: number, body: unknown, type = "application/json"): HttpReply {
  return { status, headers: { "content-type": type }, body: JSON.stringify(body) };
}

/** A 204: what was asked is done, and there is nothing to tell. */
export const noContent: HttpReply = { status: 204, headers: {} };

/** A 404 of the accounts API: it has no body at all. */
export const missingWithoutBody: HttpReply = { status: 404, headers: {} };

/** What a write to the project API answers: the resource, and the activities that the write started. */
export function writeReply(
  status: "OK" | "Created",
  embedded: { readonly entity?: unknown; readonly activities: readonly unknown[] },
): HttpReply {
  const code = status === "Created" ? 201 : 200;
  return jsonReply(code, { status, code, _embedded: embedded, _links: {} });
}

/** A refusal in the shape of the project API. */
export function projectFailure(
  code: 400 | 404 | 409 | 413,
  message: string,
  detail?: Readonly<Record<string, readonly string[]>>,
): RefusedRequest {
  return new RefusedRequest(
    jsonReply(code, { code, message, ...(detail === undefined ? {} : { detail }) }),
  );
}

/** The 403 of the project API, as its web framework words it. */
export function forbiddenRequest(view: string): RefusedRequest {
  return new RefusedRequest(
    jsonReply(403, {
      status: "Forbidden",
      message: `Access was denied to this resource.\n\nUnauthorized: ${view} failed permission check`,
      code: 403,
    }),
  );
}

/** A refusal in the shape of the access and accounts APIs: OpenAPI `Error`, as RFC 9457 problem. */
export function problem(
  code: 400 | 402 | 403 | 404 | 409,
  message: string,
  detail: Readonly<Record<string, readonly string[]>> = {},
): RefusedRequest {
  const title = titles[code];
  return new RefusedRequest(
    jsonReply(code, { status: title, message, code, detail, title }, "application/problem+json"),
  );
}

/** As HTTP has them (RFC 9110, section 15.5). */
const titles = {
  400: "Bad Request",
  402: "Payment Required",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
} as const;

/** A refusal of the authentication server (RFC 6749, section 5.2). */
export function oauthFailure(error: string, description: string): RefusedRequest {
  return new RefusedRequest(jsonReply(400, { error, error_description: description }));
}

/** The answer to a bearer token that is missing, unknown or expired (RFC 6750, section 3). */
export function unauthorizedRequest(description: string): RefusedRequest {
  const { headers, ...rest } = jsonReply(401, { code: 401, message: description });
  const challenge = `Bearer error="invalid_token", error_description="${description}"`;
  return new RefusedRequest({ ...rest, headers: { ...headers, "www-authenticate": challenge } });
}
