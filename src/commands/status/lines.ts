import type { Fact } from "../../fact.ts";
import { allVendors } from "../../vendors/registry.ts";
import { wrappedColumn } from "../terminal/wrapped-line.ts";
import type { JobLine, ProjectStanding, TokenLine } from "./standing.ts";
import type { AccountStatus, Status } from "./status.ts";

type Row = readonly [string, readonly string[]];

/**
 * A status as people read it: a name, and what there is to say of it, in two columns.
 *
 * @param columns of the terminal; undefined where there is none
 */
export function statusLines(status: Status, columns?: number): readonly string[] {
  const rows = rowsOf(status);
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.flatMap(([name, lines]) =>
    lines.flatMap((line, index) => wrappedColumn(index === 0 ? name : "", line, width, columns)),
  );
}

/** Of that only whether it is set up, and what was done last: each a name, and sentences. */
export function standingRows(status: Status): readonly Row[] {
  return rowsOf(status).filter(([name]) => name === "Set up" || name === "Last run");
}

function rowsOf(status: Status): readonly Row[] {
  const { vendor, account, project, standing, noStanding } = status;
  return [
    ["Vendor", [vendor.shown]],
    ["Account", accountLines(account)],
    [
      "Project",
      project.state === "known"
        ? [`${project.title} (${project.id}), environment ${project.environment}`, project.because]
        : [`not looked at: ${project.why}`],
    ],
    [
      "Set up",
      standing === null
        ? [`nothing to look at: ${noStanding ?? ""}`]
        : setUpLines(standing, {
            online: project.state === "known",
            onlyAudited: onlyAudited(vendor.id),
          }),
    ],
    ...(standing === null ? [] : jobRows(standing)),
    ...(standing === null || standing.token.on.length === 0 ? [] : [tokenRow(standing)]),
    ["Last run", [lastRunLine(status)]],
  ];
}

function lastRunLine({ lastRun, noLastRun }: Status): string {
  if (noLastRun !== null) return `not known: ${noLastRun}`;
  return lastRun === null
    ? "none that can be taken back"
    : `${dayOf(lastRun.started)}, ${count(lastRun.changes, "change")}; machinist undo takes back what can be`;
}

function accountLines(account: AccountStatus): readonly string[] {
  switch (account.state) {
    case "signed-in":
      return [`signed in as ${account.email}, token ${account.because}`, sinceLine(account.since)];
    case "signed-out":
      return [`not signed in: ${account.why}`];
    case "refused":
      return [`not signed in: ${account.why}`];
    case "not-asked":
      return [`not looked at: ${account.why}`];
  }
}

function sinceLine(since: Fact<string>): string {
  if (since.kind === "known") return `the account's API token is from ${dayOf(since.value)}`;
  const why = since.kind === "unread" ? since.why : "there is none";
  return `since when can't be told: ${why}`;
}

/** The name of a vendor whose projects setup refuses; undefined for any other vendor. */
function onlyAudited(vendorId: string): string | undefined {
  const vendor = allVendors.find(({ id }) => id === vendorId);
  return vendor?.installation.kind === "forbidden" ? vendor.name : undefined;
}

/**
 * @param o.online whether the project was asked for; that it wasn't is told where the project is named
 * @param o.onlyAudited the vendor's name where setup refuses its projects
 */
function setUpLines(
  { state, findings, unread: all, notRead, jobs }: ProjectStanding,
  {
    online,
    onlyAudited: refused,
  }: { readonly online: boolean; readonly onlyAudited: string | undefined },
): readonly string[] {
  const unread = online ? all : notRead;
  const [gap] = notRead;
  const { error, warning, info } = findings;
  const found = [
    ...(error === 0 ? [] : [count(error, "error")]),
    ...(warning === 0 ? [] : [count(warning, "warning")]),
    ...(info === 0 ? [] : [count(info, "note")]),
  ].join(", ");
  const first = {
    "set-up": "yes",
    faulty: `yes, but it doesn't work as it should: ${count(error, "error")}`,
    "not-set-up": `no: nothing here calls the platform's CLI; ${
      refused === undefined
        ? "machinist setup adds a job"
        : `a project of ${refused} is only audited`
    }`,
    unknown: jobs.some(({ calls }) => calls.length > 0)
      ? `a job stands in the files; ${online ? "not all of the project could be looked at" : "the project itself was not asked"}`
      : gap === undefined
        ? "can't be told: a script can't be followed"
        : `can't be told: ${gap.what} can't be read`,
  }[state];
  return [
    first,
    ...(found === "" ? [] : [`the audit finds ${found}; machinist audit lists them`]),
    ...unread.slice(0, 3).map(({ what, why }) => `not looked at: ${what}: ${why}`),
    ...(unread.length > 3
      ? [`and ${unread.length - 3} more parts; machinist audit names them`]
      : []),
  ];
}

function jobRows({ jobs }: ProjectStanding): readonly (readonly [string, readonly string[]])[] {
  return jobs.length === 0 ? [] : [["Jobs", jobs.map(jobLine)]];
}

function jobLine({ app, called, calls, when, where, notFollowed }: JobLine): string {
  const parts = [
    ...(calls.length === 0 ? [] : [`runs ${calls.join(", ")}`]),
    ...(when === null ? [] : [when]),
    ...(where === null ? [] : [where]),
    ...(notFollowed === null ? [] : [`can't be followed: ${notFollowed}`]),
  ];
  return `${app}: ${called} ${parts.join("; ")}`;
}

function tokenRow({ token }: ProjectStanding): readonly [string, readonly string[]] {
  return ["Token", token.on.map((line) => `${token.variable} ${tokenWords(line)}`)];
}

function tokenWords(line: TokenLine): string {
  switch (line.state) {
    case "set":
      return `is set on ${line.environment}${line.changed === null ? "" : `, changed ${dayOf(line.changed)}`}`;
    case "absent":
      return `is not set on ${line.environment}`;
    case "unread":
      return `on ${line.environment} was not looked at: ${line.why}`;
  }
}

function dayOf(time: string): string {
  return `${time.slice(0, 16).replace("T", " ")} UTC`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
