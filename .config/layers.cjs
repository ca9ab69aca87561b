// Who may import whom. A room may import the rooms in the lines below its own; rooms in one line don't know each other.
const storeys = [
  ["main", "library", "signal-watcher"],
  ["commands"],
  ["tui"],
  ["verify", "report"],
  ["setup", "audit"],
  ["dialogue"],
  ["change", "automation"],
  ["cifile"],
  ["appfile", "git", "platform", "cihost"],
  ["keychain"],
  ["shell", "yaml", "settings"],
  ["disk"],
  [
    "vendors",
    "edit-distance",
    "fact",
    "secret",
    "failure",
    "exit-code",
    "json-document",
    "printable",
    "regular-file",
    "signals",
  ],
];

const room = (names) => `^src/(${names.join("|")})([./]|$)`;

const upward = storeys.flatMap((names, level) =>
  names.map((name) => ({
    name: `${name}-imports-downward-only`,
    severity: "error",
    from: { path: room([name]) },
    to: {
      path: room([
        ...storeys.slice(0, level).flat(),
        ...(level < storeys.length - 1 ? names.filter((other) => other !== name) : []),
      ]),
    },
  })),
);

// A room's own files are its door; its subfolders are private.
const withPrivateFolders = [
  "appfile",
  "automation",
  "change",
  "cifile",
  "cihost",
  "dialogue",
  "git",
  "platform",
  "report",
  "sandbox",
  "shell",
  "verify",
  "yaml",
];

const throughTheDoor = withPrivateFolders.map((name) => ({
  name: `${name}-is-entered-through-its-door`,
  severity: "error",
  from: { path: "^src/", pathNot: room([name]) },
  to: { path: `^src/${name}/[^/]+/` },
}));

module.exports = {
  forbidden: [
    ...upward,
    ...throughTheDoor,
    {
      name: "what-setup-does-to-the-checkout-and-the-token-and-says-at-its-end-is-its-own",
      severity: "error",
      from: { path: "^src/", pathNot: room(["setup"]) },
      to: { path: "^src/setup/(checkout|context|ending|token)/" },
    },
    {
      name: "how-the-audit-reads-and-writes-is-its-own",
      severity: "error",
      from: { path: "^src/", pathNot: room(["audit"]) },
      to: { path: "^src/audit/(configuration|findings|fleet|unread)/" },
    },
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "sandbox-only-from-commands-and-tests",
      severity: "error",
      from: { path: "^src/", pathNot: room(["sandbox", "commands"]) },
      to: { path: room(["sandbox"]) },
    },
    {
      name: "sandbox-stands-alone",
      severity: "error",
      from: { path: room(["sandbox"]) },
      to: { path: "^src/", pathNot: room(["sandbox", ...(storeys.at(-1) ?? [])]) },
    },
    {
      name: "programs-are-started-in-these-places-only",
      severity: "error",
      from: {
        path: "^src/",
        pathNot: [
          "^src/git/repository",
          "^src/cihost/program",
          "^src/commands/audit/editor",
          "^src/keychain/system",
          "^src/setup/browser",
          "^src/setup/official-cli",
          "^src/tui/interrupt-key",
          "^src/sandbox/",
        ],
      },
      to: { path: "^(node:)?child_process$" },
    },
    {
      name: "only-tui-knows-ink",
      severity: "error",
      from: { path: "^src/", pathNot: room(["tui"]) },
      to: { path: "node_modules/(ink|react|ink-select-input)/" },
    },
    {
      name: "src-never-imports-tests",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^test/" },
    },
    { name: "everything-resolves", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
