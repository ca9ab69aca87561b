import { app, cron, guarded, hooks, withCron } from "../app.ts";
import type { Example, RuleCases } from "./case.ts";

const backup = "platform backup:create --yes --no-wait";

/** The lines that the fix puts into a build hook. */
const installed: readonly [string, string, string] = [
  "curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh -o /tmp/platform-cli-installer.sh || exit 1",
  "bash /tmp/platform-cli-installer.sh || exit 1",
  "platform --version || exit 1",
];

const fetched = [
  "curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh -o /tmp/i.sh || exit 1",
  "VERSION=5.11.0 bash /tmp/i.sh || exit 1",
];
const checked = ["platform --version || exit 1"];
const commands = installed.map((line) => line.replace(" || exit 1", ""));
const url = "curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh";
const php = "curl -sS https://platform.sh/cli/installer";

/** An application whose build hook has these lines. */
function withBuild(...lines: readonly string[]): string {
  return app(...hooks({ build: lines }));
}

/** The same with a mount. */
function withMount(path: string, ...lines: readonly string[]): string {
  return app(
    ...hooks({ build: lines }),
    "mounts:",
    `    ${path}:`,
    "        source: local",
    "        source_path: files",
  );
}

/** The same in an Upsun project. */
function upsun(...lines: readonly string[]): Example {
  const text = [
    "applications:",
    "    shop:",
    "        type: 'php:8.3'",
    ...hooks({ build: lines }).map((line) => `        ${line}`),
    "",
  ];
  return {
    text: text.join("\n"),
    place: {
      file: "/shop/.upsun/config.yaml",
      shown: ".upsun/config.yaml",
      form: "applications",
      path: ["applications", "shop"],
    },
  };
}

/** How the CLI gets into an app. */
export const installerCases: readonly RuleCases[] = [
  {
    rule: "installer-missing",
    fires: {
      "a cron uses the CLI and no hook installs it": app(...cron([backup])),
      "the installer is commented out": app(
        ...hooks({
          build: ["# curl -fsS https://platform.sh/cli/installer | php", "make"],
          deploy: [backup],
        }),
      ),
    },
    quiet: {
      "the build hook installs it": guarded(backup),
      "nothing uses it": app(...hooks({ build: ["make"] })),
    },
    fixes: {
      "a cron uses the CLI and no hook installs it": app(
        ...cron([backup]),
        ...hooks({ build: installed }),
      ),
      "the installer is commented out": app(
        ...hooks({
          build: [...installed, "# curl -fsS https://platform.sh/cli/installer | php", "make"],
          deploy: [backup],
        }),
      ),
    },
  },
  {
    rule: "cli-unused",
    fires: { "nothing calls the CLI": app(...hooks({ build: [...fetched, ...checked, "make"] })) },
    quiet: {
      "a cron calls it": guarded(backup),
      "a worker calls it": app(
        ...hooks({ build: fetched }),
        "workers:",
        "    queue:",
        "        commands:",
        "            start: while true; do platform backup:list; sleep 600; done",
      ),
      "the build hook itself uses it": app(
        ...hooks({ build: [...fetched, "platform variable:get env:THEME"] }),
      ),
      "nothing installs it": app(...hooks({ build: ["make"] })),
    },
  },
  {
    rule: "installer-deprecated",
    fires: {
      "the PHP installer is piped into php": withBuild("make", `${php} | php`, "make test"),
      "it stands among other commands": withBuild(`make && ${php} | php && make test`),
      "it is downloaded first": withBuild(`${php} -o cli.php`, "php cli.php"),
      "its place is named elsewhere": withBuild(`${php} | php`, "ls /app/.platformsh/bin"),
    },
    quiet: {
      "the current installer is used": guarded(backup),
      "an old release is asked for": withBuild(`${php} | php -- --max=3.99`),
      "it is only printed": withBuild(`echo '${php} | php'`),
      "the project was converted for Upsun": upsun(`${php} | php`),
    },
    fixes: {
      "the PHP installer is piped into php": withBuild("make", ...installed, "make test"),
      "it stands among other commands": withBuild(
        `make && { ${commands.join(" && ")}; } && make test`,
      ),
    },
  },
  {
    rule: "half-converted",
    fires: { "an Upsun project uses the PHP installer": upsun(`${php} | php`) },
    quiet: {
      "the project is one of Platform.sh": withBuild(`${php} | php`),
      "the current installer is used": upsun(`${url} | VENDOR=upsun bash`),
    },
  },
  {
    rule: "installer-homebrew",
    fires: { "Homebrew brings the CLI": withBuild("brew install platformsh/tap/platformsh-cli") },
    quiet: { "Homebrew brings something else": withBuild("brew install jq") },
  },
  {
    rule: "installer-failure-unnoticed",
    fires: {
      "the download is piped and nothing looks after it": withBuild(`${url} | bash`, "make"),
      "a release and a vendor are named": withBuild(
        `${url} | VENDOR=upsun VERSION=5.11.0 bash`,
        "make",
      ),
      "the CLI is called, but its failure ends nothing": withBuild(
        `${url} | bash`,
        "platform",
        "make",
      ),
      "it is one command of a line": app("hooks:", `    build: "${url} | bash; make"`),
    },
    quiet: {
      "the CLI is called under set -e": withBuild("set -e", `${url} | bash`, "platform", "make"),
      "the hook looks for the CLI": withBuild(`${url} | bash`, "command -v platform || exit 1"),
      "the CLI's failure ends the hook": withBuild(`${url} | bash`, "platform --version || exit 1"),
      "the CLI's failure is that of the hook": withBuild(`${url} | bash`, "platform --version"),
      "the download isn't piped": withBuild(...fetched),
    },
    fixes: {
      "the download is piped and nothing looks after it": withBuild(...installed, "make"),
      "a release and a vendor are named": withBuild(
        installed[0].replace("/tmp/platform", "/tmp/upsun"),
        "VENDOR=upsun VERSION=5.11.0 bash /tmp/upsun-cli-installer.sh || exit 1",
        "upsun --version || exit 1",
        "make",
      ),
      "it is one command of a line": app(
        "hooks:",
        `    build: "{ ${commands.join(" && ")}; }; make"`,
      ),
    },
  },
  {
    rule: "download-error-run",
    fires: {
      "curl is piped into a shell": withBuild("curl -sSL https://example.com/install | sh"),
      "curl is piped into php with options": withBuild(
        "curl -sS https://getcomposer.org/installer | php -- --quiet",
      ),
    },
    quiet: {
      "curl fails on an error": withBuild("curl -sSLf https://example.com/install | sh"),
      "curl fails on an error and keeps the page": withBuild(
        "curl --fail-with-body https://example.com/install | sh",
      ),
      "what is piped is data": withBuild("curl -s https://example.com/a.json | php -r 'echo 1;'"),
      "a program of the project reads it": withBuild(
        "curl -s https://example.com/a | php read.php",
      ),
      "it is the PHP installer, which is told as that": withBuild(`${php} | php`),
      "it is the CLI's installer, which is told as that": withBuild(
        "curl -sSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh | bash",
        "make",
      ),
      "wget fails by itself": withBuild("wget -qO- https://example.com/install | sh"),
    },
    fixes: {
      "curl is piped into a shell": withBuild("curl -f -sSL https://example.com/install | sh"),
    },
  },
  {
    rule: "installer-vendor-misplaced",
    fires: {
      "it stands in front of curl": withBuild(`VENDOR=upsun ${url} | bash`),
      "the installer is run from a file": withBuild(
        `VENDOR=upsun ${url} -o /tmp/i.sh`,
        "bash /tmp/i.sh",
      ),
    },
    quiet: {
      "it stands in front of bash": withBuild(`${url} | VENDOR=upsun bash`),
      "it is exported": withBuild("export VENDOR=upsun", `VENDOR=upsun ${url} | bash`),
    },
    fixes: { "it stands in front of curl": withBuild(`${url} | VENDOR=upsun bash`) },
  },
  {
    rule: "cli-name-mismatch",
    fires: {
      "upsun is installed and platform is called": app(
        ...hooks({ build: [`${url} | VENDOR=upsun bash`] }),
        ...cron(["platform backup:list"]),
      ),
      "the PHP installer brings platform and upsun is called": app(
        ...hooks({ build: [`${php} | php`] }),
        ...cron(["timeout 60 upsun backup:list"]),
      ),
    },
    quiet: {
      "they are the same": guarded(backup),
      "a link gives it the other name": app(
        ...hooks({
          build: [`${url} | VENDOR=upsun bash`, "ln -s .global/bin/upsun .global/bin/platform"],
        }),
        ...cron(["platform backup:list"]),
      ),
      "both are installed": app(
        ...hooks({ build: [`${url} | VENDOR=upsun bash`, `${php} | php`] }),
        ...cron(["platform backup:list"]),
      ),
      "it can't be told what is installed": app(
        ...hooks({ build: ["curl -L https://github.com/upsun/cli/releases/latest | tar xz"] }),
        ...cron(["platform backup:list"]),
      ),
    },
    fixes: {
      "upsun is installed and platform is called": app(
        ...hooks({ build: [`${url} | VENDOR=upsun bash`] }),
        ...cron(["upsun backup:list"]),
      ),
      "the PHP installer brings platform and upsun is called": app(
        ...hooks({ build: [`${php} | php`] }),
        ...cron(["timeout 60 platform backup:list"]),
      ),
    },
  },
  {
    rule: "cli-command-disabled",
    fires: {
      "upsun is to set a variable the old way": withCron("upsun vset RELEASE 42 --no-wait"),
    },
    quiet: {
      "platform is": withCron("platform vset RELEASE 42 --no-wait"),
      "upsun is called with the newer command": withCron(
        "upsun variable:update RELEASE --value 42 -W",
      ),
    },
  },
  {
    rule: "installer-unpinned",
    fires: {
      "the newest release is taken and nothing looks after it": withBuild(`${url} | bash`, "make"),
    },
    quiet: {
      "a release is named": withBuild(`${url} | VERSION=5.11.0 bash`, "make"),
      "the hook looks whether the CLI works": withBuild(...installed, "make"),
      "the installer itself is an old one": withBuild(
        "curl -fsSL https://raw.githubusercontent.com/platformsh/cli/0123abc/installer.sh | bash",
        "make",
      ),
    },
  },
  {
    rule: "installer-version-gone",
    fires: {
      "a release before 5.10 is named": withBuild(`${url} | VERSION=4.20.0 bash`),
      "it is exported with a v": withBuild("export VERSION=v5.9.1", `${url} | bash`),
    },
    quiet: {
      "the release is there": withBuild(`${url} | VERSION=5.10.0 bash`),
      "none is named": withBuild(`${url} | bash`),
      "it comes from another place": withBuild(
        `${url} | URL=https://example.com VERSION=4.0.0 bash`,
      ),
      "it isn't a release": withBuild(`${url} | VERSION=latest bash`),
    },
  },
  {
    rule: "installer-wrong-hook",
    fires: {
      "the deploy hook installs it": app(
        ...hooks({ build: ["make"], deploy: [`${url} | bash`, backup] }),
      ),
      "the build hook installs it too": app(
        ...hooks({ build: [...installed, "make"], deploy: [`${url} | bash`, backup] }),
      ),
    },
    quiet: {
      "the build hook installs it": guarded(backup),
      "the cron installs it where it can write": app(
        ...cron([`${url} | INSTALL_DIR=/app/var/bin bash`]),
      ),
    },
    fixes: {
      "the build hook installs it too": app(
        ...hooks({ build: [...installed, "make"], deploy: [backup] }),
      ),
    },
  },
  {
    rule: "installer-unreachable",
    fires: {
      "the hook ends before": withBuild("make", "exit 0", `${url} | bash`),
      "it is tied to a branch": withBuild(
        'if [ "$PLATFORM_BRANCH" = main ]; then',
        `    ${url} | bash`,
        "fi",
      ),
    },
    quiet: {
      "the hook ends before only when something fails": withBuild(
        "make || exit 1",
        `${url} | bash`,
      ),
      "it is tied to something the build may know": withBuild(
        'if [ "$INSTALL_CLI" = yes ]; then',
        `    ${url} | bash`,
        "fi",
      ),
      "it is left out on a branch, which no build is": withBuild(
        'if [ "$PLATFORM_BRANCH" != main ]; then',
        `    ${url} | bash`,
        "fi",
      ),
    },
  },
  {
    rule: "installer-path-overwritten",
    fires: {
      "the file is written anew after the installer": withBuild(
        `${php} | php`,
        "echo 'export A=b' > .environment",
      ),
    },
    quiet: {
      "the file is added to": withBuild(`${php} | php`, "echo 'export A=b' >> .environment"),
      "the file is written before": withBuild("echo 'export A=b' > .environment", `${php} | php`),
      "the file is another folder's": withBuild(
        `${php} | php`,
        "cd web",
        "echo 'A=b' > .environment",
      ),
      "the current installer needs no such file": withBuild(
        ...installed,
        "echo 'export A=b' > .environment",
      ),
    },
    fixes: {
      "the file is written anew after the installer": withBuild(
        `${php} | php`,
        "echo 'export A=b' >> .environment",
      ),
    },
  },
  {
    rule: "installer-hidden-by-mount",
    fires: {
      "the PHP installer's folder is a mount": withMount("/.platformsh", `${php} | php`),
      "the folder above is": withMount(".global", `${url} | bash`),
    },
    quiet: {
      "another folder is": withMount("/.local", `${url} | bash`),
      "a folder with a similar name is": withMount("/.globals", `${url} | bash`),
      "nothing is installed": withMount("/.platformsh", "make"),
    },
  },
];
