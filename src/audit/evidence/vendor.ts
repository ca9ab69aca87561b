import type { AppFile } from "../../appfile/app-file.ts";
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
  return vendor ?? vendorOfOne(app);
}

const known = new WeakMap<AppFile, DetectedVendor>();

/** Several rules ask; each app is looked at once. */
function vendorOfOne(app: AppFile): DetectedVendor {
  const before = known.get(app);
  if (before !== undefined) return before;
  const found = vendorOfApps([app.location], [app], [], { env: {} });
  known.set(app, found);
  return found;
}
