// Ends a process whose Node is too old in one sentence: what comes next can't even be read by one that is much older.
const [major, minor, patch] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && (minor < 18 || (minor === 18 && patch < 1)))) {
  process.stderr.write(
    `machinist needs Node 20.18.1 or newer, and this is ${process.versions.node}: install a newer Node, or take machinist's single executable, which needs none\n`,
  );
  process.exit(1);
}
