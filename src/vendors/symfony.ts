/**
 * The Symfony CLI: it is no vendor, it hands over to the CLI of one. `symfony cloud:backup:create` calls `platform`,
 * `symfony upsun:backup:create` calls `upsun`; a full name that it has no command for goes to `platform`
 * (symfony-cli, `local/platformsh/brand.go`).
 */
export const symfony = {
  binary: "symfony",
  /** The vendor by what stands in front of the command's name. */
  brands: { cloud: "platformsh", upsun: "upsun" },
  /** The vendor of a command without one. */
  brand: "platformsh",
} as const;
