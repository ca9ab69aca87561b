import { app, guarded, hooks, withCron } from "../app.ts";
import type { Example, RuleCases } from "./case.ts";

const backup = "platform backup:create --yes --no-wait";

/** A made-up token that looks like one. */
const secret = "aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5zA7";

/** An application with a `.environment` beside its file. */
function withEnvironment(...lines: readonly string[]): Example {
  const text = `${lines.join("\n")}\n`;
  return {
    text: guarded(backup),
    facts: { environmentFile: { file: "/shop/.environment", shown: ".environment", text } },
  };
}

function withFirewall(...rows: readonly string[]): string {
  return `${guarded(backup)}firewall:\n    outbound:\n${rows.map((row) => `        ${row}\n`).join("")}`;
}

/** Who gets to the token, and the CLI to the platform. */
export const secretCases: readonly RuleCases[] = [
  {
    rule: "token-in-repository",
    fires: {
      "a variable of the file has it": app(
        "variables:",
        "    env:",
        `        PLATFORMSH_CLI_TOKEN: ${secret}`,
      ),
      "a variable has it by its full name": app(
        "variables:",
        `    'env:PLATFORMSH_CLI_TOKEN': ${secret}`,
      ),
      "a worker has it": app(
        "workers:",
        "    queue:",
        "        variables:",
        "            env:",
        `                UPSUN_CLI_TOKEN: ${secret}`,
      ),
      "a hook exports it": app(
        ...hooks({ deploy: [`export PLATFORMSH_CLI_TOKEN='${secret}'`, "platform backup:list"] }),
      ),
      "it stands in front of a command": withCron(`UPSUN_CLI_TOKEN=${secret} upsun backup:list`),
      ".environment has it": withEnvironment(`export PLATFORMSH_CLI_TOKEN="${secret}"`),
    },
    quiet: {
      "it comes from another variable": app(
        ...hooks({ deploy: ['export PLATFORMSH_CLI_TOKEN="$OTHER_TOKEN_12345678"'] }),
      ),
      "it is a placeholder": app(
        "variables:",
        "    env:",
        "        API_TOKEN: your-token-here-123",
      ),
      "it is empty": app("variables:", "    env:", "        PLATFORMSH_CLI_TOKEN: ''"),
      "it isn't a token": app("variables:", "    env:", `        API_TOKEN_FILE: ${secret}`),
    },
  },
  {
    rule: "token-shown",
    fires: {
      "it is printed": withCron('echo "token $PLATFORMSH_CLI_TOKEN"'),
      "a command that has it is traced": withCron(
        "set -ex",
        'curl -H "Authorization: $PLATFORMSH_CLI_TOKEN" https://example.com',
      ),
      "all variables are": withCron("env", "platform backup:list"),
      "it is asked for by name": withCron("printenv PLATFORMSH_CLI_TOKEN"),
      "the CLI prints its requests": withCron("PLATFORMSH_CLI_DEBUG=1 platform backup:list"),
    },
    quiet: {
      "it is only said to be there": withCron(`echo "\${PLATFORMSH_CLI_TOKEN:+set}"`),
      "its name is printed": withCron("echo '$PLATFORMSH_CLI_TOKEN'"),
      "it goes to a file": withCron('echo "$PLATFORMSH_CLI_TOKEN" > /tmp/token'),
      "what is traced doesn't have it": withCron("set -x", "platform backup:list"),
      "tracing has ended before": withCron("set -x", "make", "set +x", "login $UPSUN_CLI_TOKEN"),
      "one of all variables is looked for": withCron("env | grep -c NODE", "platform backup:list"),
      "a command is given a variable": withCron("env A=b platform backup:list"),
      "the app has no token": withCron("printenv"),
    },
  },
  {
    rule: "ssh-open",
    fires: { "viewers may open a shell": `${guarded(backup)}access:\n    ssh: viewer\n` },
    quiet: {
      "only admins may": `${guarded(backup)}access:\n    ssh: admin\n`,
      "the app has no use for a token": app("access:", "    ssh: viewer"),
    },
    fixes: { "viewers may open a shell": `${guarded(backup)}access:\n    ssh: admin\n` },
  },
  {
    rule: "firewall-blocks-cli",
    fires: {
      "only another domain is let through": withFirewall("- domains: [github.com]"),
      "one of the two is missing": withFirewall("- domains: [api.upsun.com]"),
      "they are let through on another port": withFirewall(
        "- domains: ['*.upsun.com']",
        "  ports: [80]",
      ),
    },
    quiet: {
      "both are let through": withFirewall(
        "- domains: [api.upsun.com, auth.upsun.com]",
        "  ports: [443]",
      ),
      "all below their domain are": withFirewall("- domains: ['*.upsun.com']"),
      "addresses may cover them": withFirewall("- ips: [198.51.100.0/24]"),
      "nothing is listed": guarded(backup),
      "the app doesn't call the CLI": app(
        "firewall:",
        "    outbound:",
        "        - domains: [a.com]",
      ),
    },
  },
  {
    rule: "path-replaced",
    fires: {
      "the path has only one folder": withEnvironment("export PATH=/app/bin"),
      "it is set without export": withEnvironment("PATH=/app/bin", "export PATH"),
      "something is printed": withEnvironment('echo "Welcome"'),
      "it is printed under a condition": withEnvironment(
        'if [ -n "$PLATFORM_BRANCH" ]; then',
        '    echo "$PLATFORM_BRANCH"',
        "fi",
      ),
    },
    quiet: {
      "the path is added to": withEnvironment('export PATH="/app/bin:$PATH"'),
      "it is printed to a terminal only": withEnvironment("[ -t 1 ] && echo Welcome"),
      "it is printed into a variable": withEnvironment('export A="$(echo b)"'),
      "it is printed into a file": withEnvironment("echo a > /tmp/a"),
      "there is none": guarded(backup),
      "a function may print": withEnvironment("greet() {", "    echo Hello", "}"),
    },
    fixes: {
      "the path has only one folder": 'export PATH="/app/bin:$PATH"\n',
      "it is set without export": 'PATH="/app/bin:$PATH"\nexport PATH\n',
      "something is printed": 'echo "Welcome" >&2\n',
    },
  },
];
