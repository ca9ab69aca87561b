import { vendorOfApps } from "../../automation/vendor.ts";
import type { DetectedVendor } from "../../vendors/detection.ts";
import type { AuditFacts } from "../rule.ts";

/** Whose project an app is of: as it was found for the whole project, else as this app alone tells. */
export function vendorFor({
  vendor,
  app,
}: {
  readonly vendor?: AuditFacts["vendor"] | undefined;
  readonly app: AuditFacts["app"];
}): DetectedVendor {
  return vendor ?? vendorOfApps([app.location], [app], [], { env: {} });
}
