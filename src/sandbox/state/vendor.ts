/**
 * Whose a project is. Since January 2026 the official CLI, under both its names, lists what is of "upsun" only; older
 * projects may still have the other.
 */
export type VendorId = "upsun" | "platformsh";
