import type { Release } from "../release.ts";

/** What the CLI does about waiting for the activity that a command starts. */
type Waiting =
  /** It waits, unless `--no-wait` (or `-W`) is given. */
  | "always"
  /** As "always", but only when the command sets something; it only reads otherwise. */
  | "when-setting"
  /** It waits only when `--wait` is given, and knows no `--no-wait`. */
  | "on-request"
  /** It starts nothing to wait for, and knows no `--no-wait`. */
  | "never";

/**
 * What a command asks before it does its work, by the answer that counts where nobody can give one: the question's
 * default. `--yes` gives the other one too (source of the CLI, 5.11, each `confirm(` in its commands).
 */
type Asks =
  | "nothing"
  /** It does its work. */
  | "yes"
  /** As "yes", but it asks only for some of what it may do: to overwrite a file, say. */
  | "yes at times"
  /** It doesn't do its work. */
  | "no"
  /** As "yes" when it is told what to do; otherwise it asks for each, and does nothing. */
  | "no unless told what";

/** The least role that may run a command, on the environment's type or on the project. */
type CommandRole = "viewer" | "contributor" | "admin" | "project admin" | "other";

/** What is known of a command of the CLI. */
export interface CliCommandFacts {
  /** The full name: `backup:create`. */
  readonly name: string;
  /** Its other names. */
  readonly aliases: readonly string[];
  readonly waiting: Waiting;
  readonly asks: Asks;
  readonly role: CommandRole;
}

type Row = readonly [
  name: string,
  aliases: string,
  waiting: Waiting,
  asks: Asks,
  role: CommandRole,
];

/**
 * Commands that change something on the platform. `project:variable:*`, `variable:set`, `variable:enable` and
 * `variable:disable` are hidden in `platform` and left out of `upsun`; they stay here because files still call them
 * (source of the CLI, 5.11; roles from the manual's page
 * "Manage users").
 */
const changing: readonly Row[] = [
  ["backup:create", "backup", "always", "yes", "admin"],
  ["backup:delete", "", "always", "yes", "admin"],
  ["backup:restore", "", "always", "yes", "admin"],
  ["certificate:add", "", "always", "nothing", "project admin"],
  ["certificate:delete", "", "always", "yes", "project admin"],
  ["domain:add", "", "always", "yes", "project admin"],
  ["domain:delete", "", "always", "yes", "project admin"],
  ["domain:update", "", "always", "nothing", "project admin"],
  ["environment:activate", "", "always", "yes", "admin"],
  ["environment:branch", "branch", "always", "yes", "viewer"],
  ["environment:delete", "", "always", "yes", "admin"],
  ["environment:deploy", "deploy e:deploy env:deploy", "always", "yes", "admin"],
  ["environment:deploy:type", "", "when-setting", "yes at times", "admin"],
  ["environment:http-access", "httpaccess", "when-setting", "nothing", "admin"],
  ["environment:info", "", "when-setting", "nothing", "viewer"],
  ["environment:init", "", "always", "nothing", "admin"],
  ["environment:merge", "merge", "always", "yes", "admin"],
  ["environment:pause", "", "always", "yes", "admin"],
  ["environment:push", "push", "always", "yes", "contributor"],
  ["environment:redeploy", "redeploy", "always", "yes", "admin"],
  ["environment:resume", "", "always", "yes", "admin"],
  ["environment:synchronize", "sync", "always", "no unless told what", "admin"],
  ["integration:add", "", "always", "yes at times", "project admin"],
  ["integration:delete", "", "always", "yes", "project admin"],
  ["integration:update", "", "always", "nothing", "project admin"],
  ["operation:run", "", "always", "yes", "other"],
  ["project:info", "", "when-setting", "nothing", "viewer"],
  ["project:variable:delete", "", "always", "nothing", "project admin"],
  ["project:variable:set", "pvset", "always", "nothing", "project admin"],
  ["resources:set", "", "always", "yes", "admin"],
  ["source-operation:run", "", "always", "nothing", "admin"],
  ["task:run", "", "on-request", "yes", "other"],
  ["team:update", "", "always", "yes", "other"],
  ["user:add", "", "always", "yes", "project admin"],
  ["user:delete", "", "always", "yes", "project admin"],
  ["user:get", "", "when-setting", "nothing", "project admin"],
  ["user:update", "", "always", "yes", "project admin"],
  ["variable:create", "", "always", "nothing", "admin"],
  ["variable:delete", "", "always", "no", "admin"],
  ["variable:disable", "", "always", "nothing", "admin"],
  ["variable:enable", "", "always", "nothing", "admin"],
  ["variable:set", "vset", "always", "nothing", "admin"],
  ["variable:update", "", "always", "nothing", "admin"],
];

/**
 * All others that the CLI shows, with their aliases (`list` of the CLI, 5.11). `local:build` and `server:run` are those
 * of `platform`; `upsun` leaves them out.
 */
const others = `
activity:cancel
activity:get
activity:list activities act
activity:log
app:config-get
app:config-validate validate lint
app:list apps
auth:api-token-login
auth:browser-login login
auth:info
auth:logout logout
auth:verify-phone-number
autoscaling:get autoscaling
autoscaling:set
backup:get
backup:list backups
certificate:get
certificate:list certificates certs
clear-cache cc
commit:get
commit:list commits
completion
console web
db:dump
db:sql sql
decode
docs
domain:get
domain:list domains
environment:checkout checkout
environment:drush drush
environment:list environments env
environment:logs log
environment:relationships relationships rel
environment:scp scp
environment:ssh ssh
environment:url url
environment:xdebug xdebug
help
integration:activity:get
integration:activity:list integration:activities
integration:activity:log
integration:get
integration:list integrations
integration:validate
list
local:build build
local:dir dir
metrics:all metrics met
metrics:cpu cpu
metrics:disk-usage disk
metrics:memory mem memory
mount:download
mount:list mounts
mount:upload
multi
operation:list ops
organization:billing:address
organization:billing:profile
organization:create
organization:delete
organization:info
organization:list orgs organizations
organization:subscription:list org:subs
organization:user:add
organization:user:delete
organization:user:get
organization:user:list org:users
organization:user:projects oups
organization:user:update
project:clear-build-cache
project:convert convert
project:create create
project:delete
project:get get
project:init init ify
project:list projects pro
project:set-remote set-remote
repo:cat
repo:ls
repo:read read
resources:build:get build-resources:get build-resources
resources:build:set build-resources:set
resources:get resources res
resources:size:list resources:sizes
route:get
route:list routes
server:run
service:list services
service:mongo:dump mongodump
service:mongo:export mongoexport
service:mongo:restore mongorestore
service:mongo:shell mongo
service:redis-cli redis
service:valkey-cli valkey
source-operation:list source-ops
ssh-cert:load
ssh-key:add
ssh-key:delete
ssh-key:list ssh-keys
subscription:info
task:list tasks
team:create
team:delete
team:get
team:list teams
team:project:add
team:project:delete
team:project:list team:projects team:pro
team:user:add
team:user:delete
team:user:list team:users
tunnel:close
tunnel:info
tunnel:list tunnels
tunnel:open
tunnel:single
user:list users
variable:get vget
variable:list variables var
worker:list workers
`;

/** Those that it has and doesn't show (`list --all`); a name that is cut short never means one where another fits. */
const hidden = `
_complete
api:curl
auth:token
blue-green:conclude
blue-green:deploy
blue-green:enable
bot
db:size
environment:curl
environment:set-remote
local:clean clean
mount:size
organization:curl
project:curl
self:config
session:switch
ssh-cert:info
version:list versions
welcome
winky
`;

/** What they ask of all these. */
const asking: ReadonlyMap<string, Asks> = new Map(
  (
    [
      [
        "yes",
        `autoscaling:set blue-green:conclude blue-green:deploy blue-green:enable local:build mount:download mount:upload
        organization:user:add organization:user:delete organization:user:update project:create project:set-remote
        resources:build:set team:create team:project:add team:project:delete team:user:add team:user:delete
        tunnel:close tunnel:open tunnel:single`,
      ],
      [
        "yes at times",
        "db:dump environment:checkout project:get service:mongo:dump subscription:info",
      ],
      [
        "no",
        "auth:browser-login organization:create organization:delete project:delete ssh-key:add team:delete",
      ],
    ] as const
  ).flatMap(([asks, names]) => names.split(/\s+/u).map((name) => [name, asks] as const)),
);

/**
 * Names that commands had in the CLI up to its version 4. Version 5 still has them in its source, but looks commands up
 * by a list without them: called, it says that there is no such command. Each was tried with 5.11.1; source that is
 * newer than that finds them again when they are written in full.
 */
export const formerNames: ReadonlyMap<string, string> = new Map([
  ["clearcache", "clear-cache"],
  ["environment:backup", "backup:create"],
  ["environment:deactivate", "environment:delete"],
  ["environment:metadata", "environment:info"],
  ["environment:restore", "backup:restore"],
  ["environment:routes", "route:list"],
  ["environment:sql", "db:sql"],
  ["environment:sql-dump", "db:dump"],
  ["logs", "environment:logs"],
  ["organization:subscriptions", "organization:subscription:list"],
  ["organization:users", "organization:user:list"],
  ["project:metadata", "project:info"],
  ["snapshot:create", "backup:create"],
  ["snapshot:list", "backup:list"],
  ["snapshot:restore", "backup:restore"],
  ["snapshots", "backup:list"],
  ["sql-dump", "db:dump"],
  ["user:role", "user:get"],
]);

/** The first release without the former names, and the last one of which that is known. */
export const formerNamesGone: { readonly from: Release; readonly to: Release } = {
  from: [5, 0, 0],
  to: [5, 11, 1],
};

/**
 * The first release that has a command, of those that scripts call (tags of platformsh/legacy-cli); one that isn't here
 * is older than any release that is still run.
 */
export const firstReleases: ReadonlyMap<string, Release> = new Map(
  (
    [
      ["environment:redeploy", [3, 30, 0]],
      ["variable:create variable:update", [3, 31, 0]],
      ["user:update", [3, 38, 0]],
      ["source-operation:run", [3, 42, 0]],
      ["backup:create backup:list backup:restore", [3, 48, 0]],
      ["auth:api-token-login", [3, 53, 0]],
      ["ssh-cert:load", [3, 56, 0]],
      ["activity:cancel", [3, 64, 0]],
      ["blue-green:conclude blue-green:deploy blue-green:enable", [4, 1, 0]],
      ["backup:delete", [4, 4, 0]],
      ["environment:pause environment:resume", [4, 7, 0]],
      ["operation:run", [4, 8, 0]],
      [
        `team:create team:delete team:get team:list team:project:add team:project:delete team:project:list team:update
        team:user:add team:user:delete team:user:list`,
        [4, 14, 0],
      ],
      ["environment:deploy environment:deploy:type", [4, 24, 0]],
      ["autoscaling:get autoscaling:set", [4, 26, 0]],
      ["task:list task:run", [5, 11, 0]],
    ] as const
  ).flatMap(([names, since]) => names.split(/\s+/u).map((name) => [name, since] as const)),
);

/**
 * The commands that can be given again and again and have their environment deployed anew each time, which runs its
 * post-deploy hook: always, where they bring another value than the one before, or where there is something to commit.
 * What is done once only, such as adding a domain, isn't here. A variable of the project redeploys nothing (manual, "Set
 * variables", "Source operations"; source of the CLI, 5.11, which leaves a variable alone that has the value already).
 */
export const redeploying: ReadonlyMap<string, "always" | "with another value" | "with a commit"> =
  new Map([
    ["backup:restore", "always"],
    ["environment:redeploy", "always"],
    ["environment:synchronize", "always"],
    ["source-operation:run", "with a commit"],
    ["variable:create", "with another value"],
    ["variable:set", "with another value"],
    ["variable:update", "with another value"],
  ]);

/** The first release whose `backup:create` has `--live`. */
export const firstWithLiveBackups: Release = [3, 65, 0];

/** Every command that is known. */
export const cliCommands: readonly CliCommandFacts[] = [
  ...changing.map(([name, aliases, waiting, asks, role]) => ({
    name,
    aliases: words(aliases),
    waiting,
    asks,
    role,
  })),
  ...listed(others),
  ...listed(hidden),
];

function listed(lines: string): readonly CliCommandFacts[] {
  return lines
    .trim()
    .split("\n")
    .map((line): CliCommandFacts => {
      const [name = "", ...aliases] = words(line);
      const asks = asking.get(name) ?? "nothing";
      return { name, aliases, waiting: "never", asks, role: "other" };
    });
}

/** The names of those that the CLI has and doesn't show. */
export const hiddenCommands: ReadonlySet<string> = new Set(listed(hidden).map(({ name }) => name));

function words(text: string): string[] {
  return text === "" ? [] : text.split(" ");
}
