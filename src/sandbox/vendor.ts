/** Since January 2026 the official CLI, under both its names, lists what is of this vendor only. */
export const vendor = "upsun";
