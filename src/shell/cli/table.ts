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

/** The least role that may run a command, on the environment's type or on the project. */
type CommandRole = "viewer" | "contributor" | "admin" | "project admin" | "other";

export interface CliCommandFacts {
  /** The full name: `backup:create`. */
  readonly name: string;
  /** Its other names. */
  readonly aliases: readonly string[];
  readonly waiting: Waiting;
  /** Whether it asks for confirmation, which `--yes` gives. */
  readonly confirms: boolean;
  readonly role: CommandRole;
}

type Row = readonly [
  name: string,
  aliases: string,
  waiting: Waiting,
  confirms: boolean,
  role: CommandRole,
];

/**
 * Commands that change something on the platform. `project:variable:*`, `variable:set`, `variable:enable` and
 * `variable:disable` are hidden in `platform` and left out of `upsun`; they stay here because files still call them
 * (source of the CLI, 5.11; roles from the manual's page
 * "Manage users").
 */
const changing: readonly Row[] = [
  ["backup:create", "backup", "always", true, "admin"],
  ["backup:delete", "", "always", true, "admin"],
  ["backup:restore", "", "always", true, "admin"],
  ["certificate:add", "", "always", false, "project admin"],
  ["certificate:delete", "", "always", true, "project admin"],
  ["domain:add", "", "always", true, "project admin"],
  ["domain:delete", "", "always", true, "project admin"],
  ["domain:update", "", "always", false, "project admin"],
  ["environment:activate", "", "always", true, "admin"],
  ["environment:branch", "branch", "always", true, "viewer"],
  ["environment:delete", "", "always", true, "admin"],
  ["environment:deploy", "deploy e:deploy env:deploy", "always", true, "admin"],
  ["environment:deploy:type", "", "when-setting", true, "admin"],
  ["environment:http-access", "httpaccess", "when-setting", false, "admin"],
  ["environment:info", "", "when-setting", false, "viewer"],
  ["environment:init", "", "always", false, "admin"],
  ["environment:merge", "merge", "always", true, "admin"],
  ["environment:pause", "", "always", true, "admin"],
  ["environment:push", "push", "always", true, "contributor"],
  ["environment:redeploy", "redeploy", "always", true, "admin"],
  ["environment:resume", "", "always", true, "admin"],
  ["environment:synchronize", "sync", "always", true, "admin"],
  ["integration:add", "", "always", true, "project admin"],
  ["integration:delete", "", "always", true, "project admin"],
  ["integration:update", "", "always", false, "project admin"],
  ["operation:run", "", "always", true, "other"],
  ["project:info", "", "when-setting", false, "viewer"],
  ["project:variable:delete", "", "always", false, "project admin"],
  ["project:variable:set", "pvset", "always", false, "project admin"],
  ["resources:set", "", "always", true, "admin"],
  ["source-operation:run", "", "always", false, "admin"],
  ["task:run", "", "on-request", false, "other"],
  ["team:update", "", "always", true, "other"],
  ["user:add", "", "always", true, "project admin"],
  ["user:delete", "", "always", true, "project admin"],
  ["user:get", "", "when-setting", false, "project admin"],
  ["user:update", "", "always", true, "project admin"],
  ["variable:create", "", "always", false, "admin"],
  ["variable:delete", "", "always", true, "admin"],
  ["variable:disable", "", "always", false, "admin"],
  ["variable:enable", "", "always", false, "admin"],
  ["variable:set", "vset", "always", false, "admin"],
  ["variable:update", "", "always", false, "admin"],
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

/**
 * Names that commands had in the CLI up to its version 4. Version 5 still has them in its source, but looks commands up
 * by a list without them: called, it says that there is no such command (seen with 5.11.1).
 */
export const formerNames: ReadonlyMap<string, string> = new Map([
  ["environment:backup", "backup:create"],
  ["environment:deactivate", "environment:delete"],
  ["environment:metadata", "environment:info"],
  ["environment:restore", "backup:restore"],
  ["environment:sql-dump", "db:dump"],
  ["logs", "environment:logs"],
  ["project:metadata", "project:info"],
  ["snapshot:create", "backup:create"],
  ["snapshot:restore", "backup:restore"],
  ["sql-dump", "db:dump"],
  ["user:role", "user:get"],
]);

/** Every command that is known. */
export const cliCommands: readonly CliCommandFacts[] = [
  ...changing.map(([name, aliases, waiting, confirms, role]) => ({
    name,
    aliases: words(aliases),
    waiting,
    confirms,
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
      return { name, aliases, waiting: "never", confirms: false, role: "other" };
    });
}

/** The names of those that the CLI has and doesn't show. */
export const unshown: ReadonlySet<string> = new Set(listed(hidden).map(({ name }) => name));

function words(text: string): string[] {
  return text === "" ? [] : text.split(" ");
}
