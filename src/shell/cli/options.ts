import { editDistance } from "../../edit-distance.ts";

/** An option of a call that the CLI refuses, and the one that is meant; undefined where none or several are near. */
export interface UnknownOption<Word> {
  readonly option: Word;
  readonly meant: string | undefined;
}

/**
 * The options of a call that the command certainly doesn't have in 5.11.1: the CLI then ends with an error before
 * it does anything. Certain are `--wait` and `--no-wait` where nothing waits, and what is nearly the name of an option
 * that the command has; any other name may be one that the CLI has and doesn't show.
 *
 * @returns none where the command's options aren't known
 */
export function unknownOptions<Word extends { readonly text: string }>({
  name,
  arguments: words,
}: {
  readonly name: string;
  readonly arguments: readonly Word[];
}): readonly UnknownOption<Word>[] {
  const own = optionsOf.get(name);
  if (own === undefined) return [];
  const end = words.findIndex(({ text }) => text === "--");
  return (end === -1 ? words : words.slice(0, end)).flatMap((option) => {
    const written = /^--([a-z][\w-]*)(?:=|$)/iu.exec(option.text)?.[1];
    if (written === undefined || own.has(written) || ofAll.has(written)) return [];
    const meant = nearest(written, [...own, ...shownOfAll]);
    if (meant !== undefined) return { option, meant: `--${meant}` };
    return waiting.has(written) ? { option, meant: undefined } : [];
  });
}

const waiting = new Set(["wait", "no-wait"]);

/** The only option that a name begins, or that differs from it by a letter or two. */
function nearest(written: string, options: readonly string[]): string | undefined {
  const begun = options.filter((option) => written.length >= 3 && option.startsWith(written));
  if (begun.length > 0) return begun.length === 1 ? begun[0] : undefined;
  const near = options.filter((option) => editDistance(written, option) <= written.length / 5);
  return near.length === 1 ? near[0] : undefined;
}

const shownOfAll = ["help", "no-interaction", "quiet", "verbose", "version", "yes"];

/** Options of every command, and those that some commands have and none shows (source of the CLI, 5.11.1). */
const ofAll = new Set([
  ...shownOfAll,
  ..."ansi debug no no-ansi".split(" "),
  ..."branch check-timeout columns dry-run force format host identity-file limit no-header replace restore-code".split(
    " ",
  ),
  ..."reverse sort-granted start timeout unsafe".split(" "),
]);

/** The options that each command shows (`list --all` of the CLI, 5.11.1). */
const shown = `
activity:cancel all environment exclude-type project type
activity:get all columns date-fmt environment exclude-type format incomplete no-header project property result state
  type
activity:list all columns date-fmt environment exclude-type format incomplete limit no-header project result start
  state type
activity:log all date-fmt environment exclude-type incomplete project refresh result state timestamps type
api:curl data disable-compression enable-glob fail head header include json no-retry-401 request
app:config-get app environment identity-file project property refresh
app:list columns environment format no-header pipe project refresh
auth:api-token-login
auth:browser-login browser force max-age method pipe
auth:info columns format no-auto-login no-header property refresh
auth:logout all other
auth:token header no-warn
auth:verify-phone-number
autoscaling:get columns environment format no-header project
autoscaling:set cooldown-down cooldown-up dry-run duration-down duration-up enabled environment instances-max
  instances-min metric project service threshold-down threshold-up
backup:create environment live no-wait project wait
backup:delete environment no-wait project wait
backup:get date-fmt environment project property
backup:list columns date-fmt environment format no-header project
backup:restore branch-from environment no-code no-resources no-wait project resources-init target wait
blue-green:conclude environment project
blue-green:deploy environment project routing-percentage
blue-green:enable environment project routing-percentage
certificate:add cert chain key no-wait project wait
certificate:delete no-wait project wait
certificate:get date-fmt project property
certificate:list columns date-fmt domain exclude-domain format ignore-expiry issuer no-auto no-expired no-header
  only-auto only-expired pipe-domains project
clear-cache
commit:get date-fmt environment project property
commit:list columns date-fmt environment format limit no-header project
console browser environment pipe project
db:dump app charset directory environment exclude-table file gzip project relationship schema schema-only stdout
  table timestamp
db:size app bytes cleanup columns environment format no-header project relationship
db:sql app environment project raw relationship schema
decode property
docs browser pipe
domain:add attach cert chain environment key no-wait project wait
domain:delete environment no-wait project wait
domain:get columns date-fmt environment format no-header project property
domain:list columns environment format no-header project
domain:update cert chain environment key no-wait project wait
environment:activate environment no-wait parent project resources-init wait
environment:branch environment no-checkout no-clone-parent no-wait project resources-init title type wait
environment:checkout
environment:curl data disable-compression enable-glob environment fail head header include json no-retry-401 project
  request
environment:delete allow-delete-parent delete-branch environment exclude exclude-status exclude-type inactive merged
  no-delete-branch no-wait only-status only-type project status type wait
environment:deploy environment no-wait project strategy wait
environment:deploy:type environment no-wait pipe project wait
environment:drush app environment project
environment:http-access access auth enabled environment no-wait project wait
environment:info columns date-fmt environment format no-header no-wait project refresh wait
environment:init environment no-wait profile project wait
environment:list columns format no-header no-inactive pipe project refresh reverse sort status type
environment:logs activity app environment instance lines project tail task worker
environment:merge environment no-wait project resources-init wait
environment:pause environment no-wait project wait
environment:push activate deploy-strategy environment force force-with-lease no-clone-parent no-wait parent project
  resources-init set-upstream target type wait
environment:redeploy environment no-wait project wait
environment:relationships app environment project property refresh
environment:resume environment no-wait project wait
environment:scp activity app environment instance project recursive task worker
environment:set-remote
environment:ssh activity all app environment instance option pipe project task worker
environment:synchronize environment no-wait project rebase wait
environment:url browser environment pipe primary project
environment:xdebug app environment instance port project worker
integration:activity:get columns date-fmt environment format no-header project property
integration:activity:list columns date-fmt environment exclude-type format incomplete limit no-header project result
  start state type
integration:activity:log date-fmt environment project timestamps
integration:add auth-mode auth-token base-url bitbucket-url build-draft-pull-requests build-merge-requests
  build-pull-requests build-pull-requests-post-merge build-wip-merge-requests category channel environments events
  excluded-environments excluded-services facility fetch-branches file from-address header index key license-key
  merge-requests-clone-parent-data message-format no-wait project protocol prune-branches
  pull-requests-clone-parent-data recipients redaction repository resources-init resync-pull-requests routing-key
  secret server-project shared-key sourcetype states syslog-host syslog-port token type url username verify-tls wait
integration:delete no-wait project wait
integration:get columns format no-header project property
integration:list columns format no-header project type
integration:update auth-mode auth-token base-url bitbucket-url build-draft-pull-requests build-merge-requests
  build-pull-requests build-pull-requests-post-merge build-wip-merge-requests category channel environments events
  excluded-environments excluded-services facility fetch-branches file from-address header index key license-key
  merge-requests-clone-parent-data message-format no-wait project protocol prune-branches
  pull-requests-clone-parent-data recipients redaction repository resources-init resync-pull-requests routing-key
  secret server-project shared-key sourcetype states syslog-host syslog-port token type url username verify-tls wait
integration:validate project
local:clean include-active keep max-age
local:dir
metrics:all bytes columns date-fmt environment format interval latest no-header project range service to type
metrics:cpu columns date-fmt environment format interval latest no-header project range service to type
metrics:disk-usage bytes columns date-fmt environment format interval latest no-header project range service tmp to
  type
metrics:memory bytes columns date-fmt environment format interval latest no-header project range service to type
mount:download all app delete environment exclude include instance mount project refresh source-path target worker
mount:list app columns environment format instance no-header paths project refresh worker
mount:size app bytes columns environment format instance no-header project refresh worker
mount:upload app delete environment exclude include instance mount project refresh source worker
multi continue projects reverse sort
operation:list app columns environment format full no-header project worker
operation:run app environment no-wait project wait worker
organization:billing:address columns date-fmt format no-header org project
organization:billing:profile columns date-fmt format no-header org project
organization:create country label name type
organization:curl data disable-compression enable-glob fail head header include json no-retry-401 org project
  request
organization:delete org project
organization:info columns date-fmt format no-header org project refresh
organization:list columns format my no-header reverse sort type
organization:subscription:list columns count format no-header org page project
organization:user:add org permission
organization:user:delete org
organization:user:get columns date-fmt format no-header org property
organization:user:list columns count date-fmt format no-header org project reverse sort
organization:user:projects columns date-fmt format list-all no-header org
organization:user:update org permission
project:clear-build-cache project
project:convert help no-interaction provider verbose version yes
project:create default-branch environments init-repo no-set-remote org plan region set-remote storage title
project:curl data disable-compression enable-glob fail head header include json no-retry-401 project request
project:delete project
project:get depth environment project
project:info columns date-fmt format no-header no-wait project refresh wait
project:init ai context digest help no-interaction verbose version yes
project:list columns count date-fmt format my no-header org org-type page pipe refresh region reverse sort title
project:set-remote
repo:cat commit environment project
repo:ls commit directories environment files git-style project
repo:read commit environment project
resources:build:get columns format no-header project
resources:build:set cpu memory project
resources:get app columns cpu-type environment format no-header project service task type worker
resources:set app count disk dry-run environment force no-wait object-storage project service size task wait worker
resources:size:list columns environment format no-header profile project service
route:get app date-fmt environment id identity-file primary project property refresh
route:list columns environment format no-header project refresh
self:config
service:list columns environment format no-header pipe project refresh
service:mongo:dump app collection environment gzip project relationship stdout
service:mongo:export app collection environment fields jsonArray project relationship type
service:mongo:restore app collection environment project relationship
service:mongo:shell app environment eval project relationship
service:redis-cli app environment project relationship
service:valkey-cli app environment project relationship
session:switch
source-operation:list columns environment format full no-header project
source-operation:run environment no-wait project variable wait
ssh-cert:info date-fmt no-refresh property
ssh-cert:load new new-key refresh-only
ssh-key:add name
ssh-key:delete
ssh-key:list columns format no-header
subscription:info columns date-fmt format id no-header project
task:list columns environment format no-header project
task:run environment project variable wait
team:create label no-check-unique org output-id role
team:delete org team
team:get columns date-fmt format no-header org project property team
team:list all columns count date-fmt format no-header org project reverse sort
team:project:add all org team
team:project:delete org team
team:project:list columns count date-fmt format no-header org team
team:update label no-check-unique no-wait org role team wait
team:user:add org team
team:user:delete org team
team:user:list columns count date-fmt format no-header org team
tunnel:close all app environment project
tunnel:info app encode environment project property
tunnel:list all app columns environment format no-header project
tunnel:open app environment gateway-ports project
tunnel:single app environment gateway-ports port project relationship
user:add force-invite no-wait project role wait
user:delete no-wait project wait
user:get environment level no-wait pipe project role wait
user:list columns format no-header project
user:update no-wait project role wait
variable:create app-scope enabled environment inheritable json level name no-wait prefix project sensitive update
  value visible-build visible-runtime wait
variable:delete environment level no-wait project wait
variable:get columns environment format level no-header pipe project property
variable:list columns environment format level no-header project
variable:update allow-no-change app-scope enabled environment inheritable json level no-wait project sensitive value
  visible-build visible-runtime wait
version:list columns environment format no-header project
worker:list columns environment format no-header pipe project refresh
`;

const optionsOf: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  shown
    .trim()
    .split(/\n(?! )/u)
    .map((line) => {
      const [name = "", ...options] = line.split(/\s+/u);
      return [name, new Set(options)] as const;
    }),
);
