import { allVendors } from "./registry.ts";

const files = allVendors.map((vendor) => vendor.files);

/** The folders of the vendors, from the top of a project: ".platform", ".upsun", ".magento". */
export const vendorFolders: ReadonlySet<string> = new Set(files.map(({ folder }) => folder));

/** The files that stand in the folder of the one application that they describe: ".platform.app.yaml". */
export const ownAppFiles: ReadonlySet<string> = new Set(
  files.flatMap(({ app }) => (app.includes("/") ? [] : [app])),
);

/** The files that describe several applications, from the top of a project: ".platform/applications.yaml". */
export const listFiles: ReadonlySet<string> = new Set(files.flatMap(({ list }) => list ?? []));

/** The folders whose YAML files are read as if they were one, from the top of a project: ".upsun". */
const wholeFolders = new Set(
  files.flatMap(({ app, folder }) => (app.startsWith(`${folder}/`) ? [folder] : [])),
);

/** Whether a file, named from the top of a project, is one of those that are read as if they were one. */
export function isInWholeFolder(shown: string): boolean {
  const [folder = "", name, ...deeper] = shown.split("/");
  return name !== undefined && deeper.length === 0 && wholeFolders.has(folder);
}

/**
 * Whether a file may describe applications by its name, also where that ends in .yml, which the platform doesn't read.
 *
 * @param folder the name of the folder that it is in
 */
export function describesApps(folder: string, name: string): boolean {
  const asRead = name.replace(/\.yml$/u, ".yaml");
  if (ownAppFiles.has(asRead) || listFiles.has(`${folder}/${asRead}`)) return true;
  return wholeFolders.has(folder) && asRead.endsWith(".yaml");
}

/** What the platform reads, in a sentence: ".platform.app.yaml, .platform/applications.yaml and .upsun/*.yaml". */
export const filesRead: string = inWords([
  ...ownAppFiles,
  ...listFiles,
  ...[...wholeFolders].map((folder) => `${folder}/*.yaml`),
]);

function inWords(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
