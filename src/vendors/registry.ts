import { ibexa } from "./ibexa.ts";
import { magento } from "./magento.ts";
import { platformsh } from "./platformsh.ts";
import { upsun } from "./upsun.ts";
import { webpaas } from "./webpaas.ts";

/** Every vendor there is a record of, by the id that `--vendor` takes. */
export const vendors = { platformsh, upsun, ibexa, magento, webpaas } as const;

export type VendorId = keyof typeof vendors;
