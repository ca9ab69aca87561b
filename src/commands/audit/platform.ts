import type { AccessTokenSource } from "../../platform/access-token.ts";
import { addressesOf } from "../../platform/addresses.ts";
import { type Connection, connect } from "../../platform/connection.ts";
import { proxyOf } from "../../platform/proxy.ts";
import { currentUser, type User } from "../../platform/users.ts";
import type { Secret } from "../../secret.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import { requestLog } from "../sign-in/request-log.ts";
import type { Io } from "../terminal/io.ts";

/** Opens the API as the operator. Nothing is sent yet. */
export function signInToAudit(
  vendor: Vendor,
  token: Secret | AccessTokenSource,
  io: Io,
  verbose: boolean,
): Connection {
  return connect({
    addresses: addressesOf(vendor, io.env),
    token,
    signal: io.signal,
    proxy: proxyOf(io.env),
    ...(verbose ? { onRequest: requestLog(io.err) } : {}),
  });
}

/** The account that is signed in. Throws a `Failure` of the API. */
export function readAccount(connection: Connection): Promise<User> {
  return currentUser(connection);
}
