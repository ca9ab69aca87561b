import type { DetectedVendor } from "../../src/vendors/detection.ts";
import { vendors } from "../../src/vendors/registry.ts";

/** Whose the project of most tests is. */
export const ofPlatformsh: DetectedVendor = {
  vendor: vendors.platformsh,
  because: "from .platform.app.yaml",
  rivals: [],
};
