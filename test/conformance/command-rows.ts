import { demoProjectId } from "../../src/sandbox/seed.ts";

/** How a command of the official CLI ends in the sandbox. */
type Ending =
  /** As it would with the real platform. */
  | "as real"
  /** It is refused, in words that say why. */
  | "refused"
  /** There is nothing behind it in the sandbox. */
  | "not offered";

/** One command, and how it is tried. `{}` in an argument stands for what the last one before it printed. */
export interface CommandRow {
  readonly name: string;
  readonly args: readonly string[];
  readonly ends: Ending;
  /** Why it ends otherwise than in reality. */
  readonly why?: string;
  /** What it says, on either stream. */
  readonly says: RegExp;
  /** What is run first. */
  readonly before?: readonly (readonly string[])[];
  /** Where it runs: in an empty folder, in a checkout of the sample project, or beside a project of Upsun. */
  readonly where?: "checkout" | "sample of Upsun" | "Upsun with tasks";
  /** How it ends where that isn't 0. */
  readonly code?: number;
}

const shop = ["-p", demoProjectId];
const main = [...shop, "-e", "main"];
const staging = [...shop, "-e", "staging"];
const feature = [...shop, "-e", "feature/checkout"];
const org = ["-o", "atelier-nord"];
const ids = ["--format", "plain", "--no-header", "--columns", "id"];
const sure = ["--yes"];
const editor = "editor@example.org";

const madeBackup = [
  ["backup:create", ...staging, ...sure, "--wait"],
  ["backup:list", ...staging, ...ids],
];
const listActivities = ["activity:list", ...main, ...ids, "--limit", "1"];
const activity = [["environment:redeploy", ...main, ...sure, "--wait"], listActivities];
const domain = [["domain:add", ...main, "shop.example.com", ...sure]];
const addIntegration = [
  "integration:add",
  ...shop,
  "--type",
  "webhook",
  "--url",
  "https://example.org/hook",
  ...sure,
];
const integration = [addIntegration, ["integration:list", ...shop, ...ids]];
const addKey = ["ssh-key:add", "key.pub", "--name", "laptop", ...sure];
const key = [addKey];
const roles = ["--role", "viewer", "--role", "production:viewer"];
const createTeam = ["team:create", ...org, "--label", "Night watch", ...roles, ...sure];
const listTeams = ["team:list", ...org, ...ids];
const team = [createTeam, listTeams];
const teamWithProject = [
  ...team,
  ["team:project:add", ...org, "--team", "{}", demoProjectId, ...sure],
  listTeams,
];
const teamWithUser = [
  ...team,
  ["team:user:add", ...org, "--team", "{}", editor, ...sure],
  listTeams,
];
const colour = [
  "--level",
  "environment",
  "--prefix",
  "none",
  "--name",
  "COLOUR",
  "--value",
  "blue",
];
const createVariable = ["variable:create", ...main, ...colour, "--no-wait"];
const variable = [createVariable];
const blueGreen = [["blue-green:enable", ...main, ...sure]];

const overSsh = "it works over SSH, which the sandbox doesn't have";
const overGit = "it reaches the code over SSH, which the sandbox doesn't have";
const flexible =
  "the sample has a plan, as Platform.sh's projects have; the API refuses it for such projects";
const observed = "nothing runs in the sandbox that could be measured";
const noSshUrl = /No SSH URL found/;

/** A command that the CLI carries out over SSH. */
function ssh(name: string, ...rest: readonly string[]): CommandRow {
  return {
    name,
    args: [name, ...main, ...rest],
    ends: "not offered",
    why: overSsh,
    says: noSshUrl,
    code: 1,
  };
}

/** A command about resources that are paid by use. */
function resources(name: string, ...rest: readonly string[]): CommandRow {
  const says = /API is not enabled for the project Shop/;
  return { name, args: [name, ...rest], ends: "refused", why: flexible, says, code: 1 };
}

function metrics(name: string): CommandRow {
  const says = /Observability API link not found/;
  return { name, args: [name, ...main], ends: "not offered", why: observed, says, code: 1 };
}

/** A command that ends well, as in reality. */
function real(
  args: readonly string[],
  says: RegExp,
  more: Pick<CommandRow, "before" | "where" | "code"> = {},
): CommandRow {
  return { name: args[0] ?? "", args, ends: "as real", says, ...more };
}

/** Every command that the official CLI 5.11.1 lists with `--all`, in its order. */
export const commandRows: readonly CommandRow[] = [
  real(["_complete", "--help"], /shell completion suggestions/),
  real(["bot"], /\S/),
  real(["clear-cache"], /cleared/i),
  real(["completion", "bash"], /complet/),
  real(["console", ...main, "--pipe"], /atelier-nord\/shopq4m2v7xk3\/main/),
  real(["decode", "eyJhIjoxfQ==", "--property", "a"], /^1$/m),
  real(["docs", "--pipe"], /https:\/\/docs\.upsun\.com/),
  real(["help", "backup:create"], /Make a backup/),
  real(["list"], /backup:create/),
  real(["multi", "--projects", demoProjectId, "--", "project:info", "id"], /shopq4m2v7xk3/),
  real(["welcome"], /Welcome/),
  real(["winky"], /\S/),
  real(["activity:cancel", ...main, "{}"], /Cancel/i, {
    before: [["environment:redeploy", ...main, ...sure, "--no-wait"], listActivities],
  }),
  real(["activity:get", ...main, "{}"], /environment\.redeploy/, { before: activity }),
  real(["activity:list", ...main], /redeployed environment main/, { before: activity }),
  real(["activity:log", ...main, "{}"], /Done\./, { before: activity }),
  real(["api:curl", "/users/me"], /operator@example\.org/),
  real(["app:config-get", ...main], /name: shop/),
  real(["app:config-validate"], /valid/i, { where: "sample of Upsun" }),
  real(["app:list", ...main], /php:8\.3/),
  real(["auth:api-token-login"], /An API token is already set via config/, { code: 1 }),
  real(["auth:browser-login"], /Cannot log in via the browser/, { code: 1 }),
  real(["auth:info", "email"], /operator@example\.org/),
  real(["auth:logout"], /logged out/i),
  real(["auth:token", "--no-warn"], /^\S{20,}$/m),
  real(["auth:verify-phone-number"], /Non-interactive use of this command is not supported/, {
    code: 1,
  }),
  resources("autoscaling:get", ...main),
  resources("autoscaling:set", ...main, ...sure),
  real(["backup:create", ...main, ...sure], /Creating a backup|succeeded/),
  real(["backup:delete", ...staging, "{}", ...sure], /deleted/i, { before: madeBackup }),
  real(["backup:get", ...staging, "{}"], /CREATED/, { before: madeBackup }),
  real(["backup:list", ...staging], /true/, { before: madeBackup }),
  real(["backup:restore", ...staging, "{}", ...sure], /succeeded/, { before: madeBackup }),
  real(["blue-green:conclude", ...main, ...sure], /was deleted/, { before: blueGreen }),
  real(["blue-green:deploy", ...main, ...sure], /has now been deployed/, { before: blueGreen }),
  real(["blue-green:enable", ...main, ...sure], /are now enabled/),
  {
    name: "certificate:add",
    args: ["certificate:add", ...shop, "--cert", "key.pub", "--key", "key.pub"],
    ends: "not offered",
    why: "the sandbox keeps no keys",
    says: /not a valid X509 certificate/,
    code: 1,
  },
  {
    name: "certificate:delete",
    args: ["certificate:delete", ...shop, "{}", ...sure],
    ends: "refused",
    why: "the platform provides all of the sandbox's certificates itself",
    says: /can't be deleted/,
    before: [["certificate:list", ...shop, ...ids]],
    code: 255,
  },
  real(["certificate:get", ...shop, "{}"], /Sandbox Authority/, {
    before: [["certificate:list", ...shop, ...ids]],
  }),
  real(["certificate:list", ...shop], /platformsh\.site/),
  real(["commit:get", ...main], /Code as deployed/),
  real(["commit:list", ...main], /Code as deployed/),
  ssh("db:dump"),
  ssh("db:size"),
  ssh("db:sql", "select 1"),
  real(["domain:add", ...main, "shop.example.com", ...sure], /Adding the domain/),
  real(["domain:delete", ...shop, "shop.example.com", ...sure], /deleted|Deleting/i, {
    before: domain,
  }),
  real(["domain:get", ...shop, "shop.example.com"], /shop\.example\.com/, { before: domain }),
  real(["domain:list", ...shop], /shop\.example\.com/, { before: domain }),
  real(["domain:update", ...shop, "shop.example.com"], /nothing|no changes|Updating/i, {
    before: domain,
  }),
  real(["environment:activate", ...feature, ...sure], /already active|activated/),
  real(["environment:branch", "new", "staging", ...shop, ...sure], /branch|Branch/),
  real(["environment:checkout", "staging"], /staging/, { where: "checkout" }),
  real(["environment:curl", ...main, "variables"], /^\[/m),
  real(["environment:delete", ...feature, ...sure], /delete/i),
  real(["environment:deploy", ...staging, ...sure], /will be deployed|no staged changes/, {
    before: [
      ["environment:deploy:type", ...staging, "manual"],
      ["variable:create", ...staging, ...colour, "--no-wait"],
    ],
  }),
  real(["environment:deploy:type", ...staging, "manual"], /updated successfully to: manual/),
  ssh("environment:drush", "status"),
  real(["environment:http-access", ...staging, "--access", "deny:any"], /deny/),
  real(["environment:info", ...main, "type"], /production/),
  real(["environment:init", "-p", "{}", "https://example.org/start.git"], /Initializing project/, {
    before: [["project:create", ...org, "--title", "New", "--region", "eu-3.platform.sh", ...sure]],
  }),
  real(["environment:list", ...shop], /feature\/checkout/),
  ssh("environment:logs", "error"),
  real(["environment:merge", ...staging, ...sure], /[Mm]erg/),
  real(["environment:pause", ...staging, ...sure], /succeeded|paused/),
  {
    name: "environment:push",
    args: ["environment:push", ...sure],
    ends: "not offered",
    why: overGit,
    says: /Could not read from remote repository|not.*resolve|ssh/,
    where: "checkout",
    code: 128,
  },
  real(["environment:redeploy", ...main, ...sure], /succeeded/),
  ssh("environment:relationships"),
  real(["environment:resume", ...staging, ...sure], /succeeded/, {
    before: [["environment:pause", ...staging, ...sure]],
  }),
  ssh("environment:scp", "here", "remote:there"),
  real(["environment:set-remote", "staging", "main"], /staging/, { where: "checkout" }),
  ssh("environment:ssh", "true"),
  real(["environment:synchronize", ...staging, "data", ...sure], /succeeded/),
  real(["environment:url", ...main, "--pipe"], /https:\/\/main-/),
  ssh("environment:xdebug"),
  {
    name: "integration:activity:get",
    args: ["integration:activity:get", ...shop, "{}"],
    ends: "refused",
    why: "the sandbox calls nobody, so that an integration has no activities",
    says: /No integration activities found/,
    before: integration,
    code: 1,
  },
  real(["integration:activity:list", ...shop, "{}"], /No activities/, {
    before: integration,
    code: 1,
  }),
  {
    name: "integration:activity:log",
    args: ["integration:activity:log", ...shop, "{}"],
    ends: "refused",
    why: "the sandbox calls nobody, so that an integration has no activities",
    says: /No integration activities found/,
    before: integration,
    code: 1,
  },
  real(addIntegration, /Created integration/),
  real(["integration:delete", ...shop, "{}", ...sure], /[Dd]elet/, { before: integration }),
  real(["integration:get", ...shop, "{}"], /example\.org\/hook/, { before: integration }),
  real(["integration:list", ...shop], /webhook/, { before: integration }),
  real(
    ["integration:update", ...shop, "{}", "--url", "https://example.org/other"],
    /example\.org\/other/,
    {
      before: integration,
    },
  ),
  real(["integration:validate", ...shop, "{}"], /valid/, { before: integration }),
  real(["local:clean"], /\S/, { where: "checkout" }),
  real(["local:dir"], /\S/, { where: "checkout" }),
  metrics("metrics:all"),
  metrics("metrics:cpu"),
  metrics("metrics:disk-usage"),
  metrics("metrics:memory"),
  ssh("mount:download"),
  real(["mount:list", ...main], /mount/i),
  ssh("mount:size"),
  ssh("mount:upload"),
  real(["operation:list", ...main], /greet/, { where: "Upsun with tasks" }),
  real(["operation:run", ...main, "greet", ...sure], /succeeded/, { where: "Upsun with tasks" }),
  real(["organization:billing:address", ...org], /postal_code/),
  real(["organization:billing:profile", ...org], /currency/),
  real(
    ["organization:create", "--name", "new-one", "--label", "New", "--country", "FR", ...sure],
    /Created organization/,
  ),
  real(["organization:curl", ...org, "members"], /user_id/),
  real(["organization:delete", "-o", "new-one", ...sure], /was deleted/, {
    before: [
      ["organization:create", "--name", "new-one", "--label", "New", "--country", "FR", ...sure],
    ],
  }),
  real(["organization:info", ...org, "label"], /Atelier Nord/),
  real(["organization:list"], /partner-works/),
  real(["organization:subscription:list", ...org], /shopq4m2v7xk3|shopq4m2v7x/),
  real(["organization:user:add", ...org, "new@example.org", ...sure], /invited/),
  real(["organization:user:delete", ...org, editor, ...sure], /deleted/),
  real(["organization:user:get", ...org, editor], /user_id/),
  real(["organization:user:list", ...org], /operator@example/),
  real(["organization:user:projects", ...org, editor], /shopq4m2v7xk3/),
  real(["organization:user:update", ...org, editor, "--permission", "billing", ...sure], /billing/),
  real(["project:clear-build-cache", ...shop], /has been cleared/),
  real(["project:convert"], /\S/, { where: "checkout" }),
  real(
    ["project:create", ...org, "--title", "New", "--region", "eu-3.platform.sh", ...sure],
    /is now ready/,
  ),
  real(["project:curl", ...shop, "environments"], /"staging"/),
  real(["project:delete", ...shop, ...sure], /was deleted/),
  {
    name: "project:get",
    args: ["project:get", demoProjectId, "-e", "main"],
    ends: "not offered",
    why: overGit,
    says: /Failed to connect to the Git repository/,
    code: 1,
  },
  real(["project:info", ...shop, "title"], /Shop/),
  {
    name: "project:init",
    args: ["project:init"],
    ends: "not offered",
    why: "it asks a service of Upsun's that writes configurations",
    says: /Git repository/,
    code: 1,
  },
  real(["project:list"], /Shop/),
  real(["project:set-remote", demoProjectId], /Shop/, { where: "checkout" }),
  real(["repo:cat", ...main, "public/index.php"], /The shop is open/),
  real(["repo:ls", ...main], /public/),
  real(["repo:read", ...main, "public"], /index\.php/),
  resources("resources:build:get", ...shop),
  resources("resources:build:set", ...shop, ...sure),
  resources("resources:get", ...main),
  resources("resources:set", ...main, ...sure),
  resources("resources:size:list", ...main),
  real(["route:get", ...main, "--primary"], /shop:http/),
  real(["route:list", ...main], /shop:http/),
  real(["self:config", "application.executable"], /upsun/),
  real(["service:list", ...main], /mariadb/),
  ssh("service:mongo:dump"),
  ssh("service:mongo:export"),
  ssh("service:mongo:restore"),
  ssh("service:mongo:shell"),
  ssh("service:redis-cli"),
  ssh("service:valkey-cli"),
  real(["session:switch", "other"], /\S/),
  real(["source-operation:list", ...main], /update/),
  real(["source-operation:run", ...main, "update"], /succeeded/),
  real(["ssh-cert:info"], /key_type: ssh-ed25519-cert/),
  real(["ssh-cert:load", ...sure], /Expires at/),
  real(addKey, /has been/),
  real(["ssh-key:delete", "{}"], /deleted/, { before: [...key, ["ssh-key:list", ...ids]] }),
  real(["ssh-key:list"], /laptop/, { before: key }),
  real(["subscription:info", ...shop, "status"], /active/),
  real(["task:list", ...main], /reindex/, { where: "Upsun with tasks" }),
  real(["task:run", ...main, "reindex", ...sure], /has been triggered/, {
    where: "Upsun with tasks",
  }),
  real(createTeam, /Night watch/),
  real(["team:delete", ...org, "--team", "{}", ...sure], /deleted/, { before: team }),
  real(["team:get", ...org, "--team", "{}"], /Night watch/, { before: team }),
  real(["team:list", ...org], /Night watch/, { before: team }),
  real(["team:project:add", ...org, "--team", "{}", demoProjectId, ...sure], /[Aa]dd/, {
    before: team,
  }),
  real(["team:project:delete", ...org, "--team", "{}", demoProjectId, ...sure], /remove|delete/i, {
    before: teamWithProject,
  }),
  real(["team:project:list", ...org, "--team", "{}"], /shopq4m2v7xk3/, { before: teamWithProject }),
  real(
    ["team:update", ...org, "--team", "{}", "--label", "Day watch", ...sure],
    /Day watch|updated/,
    { before: team },
  ),
  real(["team:user:add", ...org, "--team", "{}", editor, ...sure], /added/, { before: team }),
  real(["team:user:delete", ...org, "--team", "{}", editor, ...sure], /remove|delete/i, {
    before: teamWithUser,
  }),
  real(["team:user:list", ...org, "--team", "{}"], /editor@example/, { before: teamWithUser }),
  real(["tunnel:close", ...main, ...sure], /No tunnels found/, { code: 1 }),
  real(["tunnel:info", ...main], /No tunnels found/, { code: 1 }),
  real(["tunnel:list"], /No tunnels found/, { code: 1 }),
  ssh("tunnel:open", ...sure),
  ssh("tunnel:single", ...sure),
  real(["user:add", ...shop, "new@example.org", ...roles, ...sure], /invit/i),
  real(["user:delete", ...shop, editor, ...sure], /[Dd]elet/),
  real(["user:get", ...shop, editor, "--level", "project", "--pipe"], /viewer/),
  real(["user:list", ...shop], /editor@example/),
  real(
    ["user:update", ...shop, editor, ...roles, "--role", "staging:viewer", ...sure],
    /staging|role/i,
  ),
  real(createVariable, /COLOUR/),
  real(["variable:delete", ...main, "COLOUR", ...sure], /Deleted|deleted/, { before: variable }),
  real(["variable:get", ...main, "COLOUR", "--property", "value"], /blue/, { before: variable }),
  real(["variable:list", ...main], /COLOUR/, { before: variable }),
  real(["variable:update", ...main, "COLOUR", "--value", "red"], /COLOUR/, { before: variable }),
  real(["version:list", ...main], /100/),
  real(["worker:list", ...main], /mailer/),
];
