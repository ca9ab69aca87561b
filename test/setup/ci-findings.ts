import { disk } from "../../src/appfile/files.ts";
import { parseApp } from "../../src/appfile/read.ts";
import { audit } from "../../src/audit/engine.ts";
import { rules } from "../../src/audit/registry.ts";
import { readCi } from "../../src/cifile/gather.ts";
import { app, appLocation } from "../audit/app.ts";

/** What the audit finds in the CI files of a checkout. */
export async function ciFindings(directory: string): Promise<readonly string[]> {
  const ci = await readCi(directory, disk);
  const ours = rules.filter(({ id }) => id.startsWith("ci-"));
  return audit({ app: parseApp(appLocation, app()), ci }, ours).map(
    ({ rule, message }) => `${rule}: ${message}`,
  );
}
