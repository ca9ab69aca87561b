import { app, hooks, withCron } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

const shell = "abcdefghijklm-main-bvxea6i--shop@ssh.eu-2.platform.sh";

export const cases: RuleCases = {
  fires: {
    "a cron copies files": {
      given: withCron(`rsync -az ${shell}:var/export/ out/`),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "13:17-13:97",
          message: "the cron job calls rsync for the platform, and no certificate is loaded before",
          fix: "by hand: Load a certificate first",
        },
      ],
    },
    "a cron asks another environment": {
      given: withCron(`timeout 60 ssh ${shell} 'php bin/count.php'`),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "13:17-13:105",
          message: "the cron job calls ssh for the platform, and no certificate is loaded before",
          fix: "by hand: Load a certificate first",
        },
      ],
    },
    "the address comes from the CLI": {
      given: withCron('scp "$(platform ssh --pipe -e main)":dump.sql.gz .'),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "13:17-13:67",
          message: "the cron job calls scp for the platform, and no certificate is loaded before",
          fix: "by hand: Load a certificate first",
        },
      ],
    },
    "the address is in a variable": {
      given: withCron(`HOST=${shell}`, 'rsync -az "$HOST":var/export/ out/'),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "14:17-14:51",
          message: "the cron job calls rsync for the platform, and no certificate is loaded before",
          fix: "by hand: Load a certificate first",
        },
      ],
    },
    "the CLI's address is in a variable": {
      given: withCron("export TARGET=$(platform ssh --pipe -e main)", "ssh $TARGET uptime"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "14:17-14:35",
          message: "the cron job calls ssh for the platform, and no certificate is loaded before",
          fix: "by hand: Load a certificate first",
        },
      ],
    },
    "a shell of its own connects": {
      given: withCron(`sh -c 'ssh ${shell} uptime'`),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "13:17-13:89",
          message: "the cron job calls ssh for the platform, and no certificate is loaded before",
          fix: "by hand: Load a certificate first",
        },
      ],
    },
    "a hook fetches the code": {
      given: app(
        ...hooks({
          build: ["git clone abcdefghijklm@git.us-4.platform.sh:abcdefghijklm.git /tmp/lib"],
        }),
      ),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "5:9-5:80",
          message: "the build hook calls git for the platform, and no certificate is loaded before",
          fix: "by hand: Load a certificate first",
        },
      ],
    },
  },
  quiet: {
    "one script within another, more deeply than anybody reads": withCron("eval ".repeat(5_000)),
    "a certificate was loaded": withCron("platform ssh-cert:load -y", `ssh ${shell} uptime`),
    "the CLI connects itself": withCron("platform ssh -e main uptime"),
    "a key is named": withCron(`ssh -i /app/.keys/deploy ${shell} uptime`),
    "Git is told what to connect with": withCron(
      "export GIT_SSH_COMMAND='ssh -F .ssh/config'",
      "git fetch abcdefghijklm@git.eu-2.platform.sh:abcdefghijklm.git",
    ),
    "a certificate was loaded, for an address in a variable": withCron(
      `HOST=${shell}`,
      "sh -c 'platform ssh-cert:load -y'",
      "ssh $HOST uptime",
    ),
    "another variable is the address": withCron(`HOST=${shell}`, "ssh $HOSTS uptime"),
    "it goes somewhere else": withCron("rsync -a backup@files.example.org:in/ in/"),
  },
};
