import { readVendor } from "../automation/vendor.ts";
import { readCheckout } from "../git/checkout.ts";
import { vendorNamed } from "../git/project.ts";
import type { Detected } from "../vendors/detection.ts";
import type { Vendor } from "../vendors/vendor.ts";
import type { Io } from "./io.ts";

/**
 * Whose project the checkout in a directory is, and how that is known.
 *
 * @param o.named the vendor that a person named
 * @param o.appFile the file that a person named
 */
export async function vendorIn(
  directory: string,
  { named, appFile }: { readonly named: Vendor | undefined; readonly appFile?: string },
  { env }: Pick<Io, "env">,
): Promise<Detected> {
  const remote = vendorNamed((await readCheckout(directory, env)).projects);
  return readVendor(directory, {
    env,
    ...(remote === undefined ? {} : { remote }),
    ...(named === undefined ? {} : { named }),
    ...(appFile === undefined ? {} : { appFile }),
  });
}
