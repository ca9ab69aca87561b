// Writes into package.json and install.sh where a release comes from: a checkout may be anybody's, a release is not.
// Used by the release workflow: node .config/released.js ADDRESS, the address of the repository's page.
import { readFile, writeFile } from "node:fs/promises";

const [address = ""] = process.argv.slice(2);
if (!/^https:\/\/[\w.-]+(?:\/[\w.-]+){2}$/u.test(address)) {
  console.error("Give the address of the repository's page, as https://HOST/OWNER/NAME");
  process.exit(2);
}
const packageJson = JSON.parse(await readFile("package.json", "utf8"));
const { version } = packageJson;
const about = {
  repository: { type: "git", url: `git+${address}.git` },
  homepage: address,
  bugs: { url: `${address}/issues` },
};
await writeFile("package.json", `${JSON.stringify({ ...packageJson, ...about }, null, 2)}\n`);

const script = await readFile("install.sh", "utf8");
const from = `from=\${MACHINIST_FROM:-}`;
if (!script.includes(from)) throw new Error("install.sh has no place for the address");
const release = `${address}/releases/download/v${version}`;
await writeFile(
  "install.sh",
  script.replace(from, () => `from=\${MACHINIST_FROM:-${release}}`),
);
