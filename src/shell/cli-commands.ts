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
  /** Short names, also those the CLI's help doesn't list. */
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

/** Commands that change something on the platform (source of the CLI, 5.11; roles from the manual's page "Manage users"). */
const changing: readonly Row[] = [
  ["backup:create", "backup snapshot:create environment:backup", "always", true, "admin"],
  ["backup:delete", "", "always", true, "admin"],
  ["backup:restore", "environment:restore snapshot:restore", "always", true, "admin"],
  ["certificate:add", "", "always", false, "project admin"],
  ["certificate:delete", "", "always", true, "project admin"],
  ["domain:add", "", "always", true, "project admin"],
  ["domain:delete", "", "always", true, "project admin"],
  ["domain:update", "", "always", false, "project admin"],
  ["environment:activate", "", "always", true, "admin"],
  ["environment:branch", "branch", "always", true, "viewer"],
  ["environment:delete", "environment:deactivate", "always", true, "admin"],
  ["environment:deploy", "deploy e:deploy env:deploy", "always", true, "admin"],
  ["environment:deploy:type", "", "when-setting", true, "admin"],
  ["environment:http-access", "httpaccess", "when-setting", false, "admin"],
  ["environment:info", "environment:metadata", "when-setting", false, "viewer"],
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
  ["project:info", "project:metadata", "when-setting", false, "viewer"],
  ["project:variable:delete", "", "always", false, "project admin"],
  ["project:variable:set", "pvset", "always", false, "project admin"],
  ["resources:set", "", "always", true, "admin"],
  ["source-operation:run", "", "always", false, "admin"],
  ["task:run", "", "on-request", false, "other"],
  ["team:update", "", "always", true, "other"],
  ["user:add", "", "always", true, "project admin"],
  ["user:delete", "", "always", true, "project admin"],
  ["user:get", "user:role", "when-setting", false, "project admin"],
  ["user:update", "", "always", true, "project admin"],
  ["variable:create", "", "always", false, "admin"],
  ["variable:delete", "", "always", true, "admin"],
  ["variable:disable", "", "always", false, "admin"],
  ["variable:enable", "", "always", false, "admin"],
  ["variable:set", "vset", "always", false, "admin"],
  ["variable:update", "", "always", false, "admin"],
];

/** All others, with their aliases (`list` of the CLI, 5.11, and its source for what the list hides). */
const others = `
activity:cancel
activity:get
activity:list activities act
activity:log
api:curl
app:config-get
app:config-validate validate lint
app:list apps
auth:api-token-login
auth:browser-login login
auth:info
auth:logout logout
auth:token
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
db:dump sql-dump environment:sql-dump
db:sql sql
decode
docs
domain:get
domain:list domains
environment:checkout checkout
environment:drush drush
environment:list environments env
environment:logs log logs
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
version:list versions
worker:list workers
`;

const known: readonly CliCommandFacts[] = [
  ...changing.map(([name, aliases, waiting, confirms, role]) => ({
    name,
    aliases: words(aliases),
    waiting,
    confirms,
    role,
  })),
  ...others
    .trim()
    .split("\n")
    .map((line): CliCommandFacts => {
      const [name = "", ...aliases] = words(line);
      return { name, aliases, waiting: "never", confirms: false, role: "other" };
    }),
];

const byName = new Map(
  known.flatMap((facts) => [facts.name, ...facts.aliases].map((name) => [name, facts] as const)),
);

/**
 * The facts about a command, by its name as written: the full name, an alias, or an abbreviation in which
 * each part between colons is cut short, as Symfony's console accepts it when it fits one command only.
 * Undefined for a name that fits none or several.
 */
export function cliCommand(written: string): CliCommandFacts | undefined {
  const exact = byName.get(written);
  if (exact !== undefined || written === "") return exact;
  const starts = written.split(":");
  const fitting = new Set<CliCommandFacts>();
  for (const [name, facts] of byName) {
    const parts = name.split(":");
    if (starts.every((start, index) => parts[index]?.startsWith(start))) fitting.add(facts);
  }
  const [only, second] = fitting;
  return second === undefined ? only : undefined;
}

function words(text: string): string[] {
  return text === "" ? [] : text.split(" ");
}
