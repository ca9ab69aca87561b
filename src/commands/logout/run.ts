import type { Vendor } from "../../vendors/vendor.ts";
import { tokensOf } from "../sign-in/operator-token.ts";
import type { Io } from "../terminal/io.ts";

/**
 * Forgets every token that was kept in the system keychain, and says what still signs in.
 * Throws a Failure when the keychain can't be used.
 */
export async function logoutCommand(vendor: Vendor, io: Io): Promise<void> {
  let isEmpty = true;
  for await (const { account, wasThere } of tokensOf(vendor, io).forgetAll()) {
    isEmpty = false;
    io.out(
      wasThere
        ? `Forgotten: the token of ${account}`
        : `No token of ${account} was in the system keychain any more.`,
    );
  }
  if (isEmpty) io.out("No token was kept in the system keychain.");
  const { tokenEnv } = vendor;
  if (io.env[tokenEnv])
    io.out(`${tokenEnv} is still set in this shell; unset it to be signed out.`);
}
