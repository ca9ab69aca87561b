import { readVendor } from "../../automation/vendor.ts";
import { type Checkout, readCheckout } from "../../git/checkout.ts";
import { vendorNamed } from "../../git/project.ts";
import type { DetectedVendor } from "../../vendors/detection.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import type { Io } from "../terminal/io.ts";

/**
 * Whose project the checkout in a directory is, and how that is known.
 *
 * @param o.named the vendor that a person named
 * @param o.appFile the file that a person named
 * @param o.checkout the checkout around the directory, where it was read already
 */
export async function vendorIn(
  directory: string,
  {
    named,
    appFile,
    checkout,
  }: {
    readonly named: Vendor | undefined;
    readonly appFile?: string;
    readonly checkout?: Pick<Checkout, "projects">;
  },
  { env }: Pick<Io, "env">,
): Promise<DetectedVendor> {
  const remote = vendorNamed((checkout ?? (await readCheckout(directory, env))).projects);
  return readVendor(directory, {
    env,
    ...(remote === undefined ? {} : { remote }),
    ...(named === undefined ? {} : { named }),
    ...(appFile === undefined ? {} : { appFile }),
  });
}
