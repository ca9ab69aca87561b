import type { AccessTokenSource } from "../../platform/access-token.ts";
import { type Connection, connectTo } from "../../platform/connection.ts";
import type { Secret } from "../../secret.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import type { Io } from "../terminal/io.ts";
import { requestLog } from "./request-log.ts";

/**
 * Opens the API of a vendor as an account. Nothing is sent yet, and the caller closes it. Throws a `Failure` ("usage")
 * where nobody says where the API is.
 *
 * @param verbose whether each request is told on standard error
 */
export function openPlatform(
  vendor: Vendor,
  token: Secret | AccessTokenSource,
  { env, signal, err }: Io,
  verbose: boolean,
): Connection {
  return connectTo(vendor, env, {
    token,
    signal,
    ...(verbose ? { onRequest: requestLog(err) } : {}),
  });
}
