import { isMap } from "yaml";
import { buildInstallers, installFolder } from "../../automation/installers.ts";
import { effectiveEntries, nodeAt } from "../../yaml/nodes.ts";
import { placeAt } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** The CLI is installed in a folder that a mount takes the place of. */
export const installerHiddenByMount = rule({
  id: "installer-hidden-by-mount",
  severity: "error",
  confidence: "medium",
  needs: "files",
  fixable: "by-hand",
  what: "A mount takes the place of the folder that the CLI is installed in.",
  why: "Once the app runs, a mount shows its own files at its path, and what the build put there is hidden: the CLI isn't found. (Manual: “Mounts”, “Troubleshoot mounts”.)",
  manual: "create-apps/troubleshoot-mounts",
  example: {
    before: `mounts:
    /.platformsh:
        source: local
        source_path: platformsh`,
    after: "mounts: {}",
  },
  ignore: "The CLI is installed somewhere else.",
  check: ({ app }) => {
    const { document } = app.source;
    const mounts = nodeAt(app.map, ["mounts"], document);
    const [installer] = buildInstallers(app);
    const folder = installer && installFolder(installer.installation);
    if (!isMap(mounts) || installer === undefined || folder === undefined) return [];
    return effectiveEntries(mounts, document)
      .filter(({ name }) => covers(String(name), folder))
      .map(({ name, keyStart, keyEnd }) => ({
        message: `The mount ${name} hides ${folder}, where ${installer.from.called} installs the CLI`,
        location: placeAt(app.source, keyStart, keyEnd),
      }));
  },
});

function covers(mount: string, folder: string): boolean {
  const path = mount.replace(/^\/+|\/+$/gu, "");
  return path === "" || folder === path || folder.startsWith(`${path}/`);
}
