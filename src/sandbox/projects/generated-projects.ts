import type { StoredPermission } from "../state/permissions.ts";
import { appFiles } from "./app-files.ts";
import { type Dice, dice } from "./dice.ts";
import { type AutomationPeople, automationOf } from "./generated-automation.ts";
import type {
  DeferredSample,
  Sample,
  SampleEnvironment,
  SampleOrganization,
  SamplePerson,
  SampleProject,
} from "./sample.ts";
import { operatorEmail } from "./seed-projects.ts";

/**
 * Made-up projects, as many as are wanted, always the same ones: in organizations of some hundred projects each, of which
 * the operator owns a quarter, administers half, and is a guest in the rest. About half have no automation; of the others
 * most were set up by hand, with the mistakes that real files have, about as often as these have them.
 *
 * @param count how many, from 1 on
 */
export function generatedSample(
  count: number,
): Sample & { readonly deferred: Iterable<DeferredSample> } {
  const homes = Array.from({ length: Math.ceil(count / 100) }, (_, at) => homeOf(at));
  return {
    people: homes.flatMap(({ people }) => people),
    organizations: homes.map(({ organization }) => organization),
    projects: [],
    deferred: homes.flatMap((home, first) =>
      Array.from({ length: Math.ceil((count - first) / homes.length) }, (_, row) => {
        const at = first + row * homes.length;
        const { name } = home.organization;
        return { id: idOf(at), organization: name, make: () => project(at, home) };
      }),
    ),
  };
}

/** Letters and digits that look drawn, with the number at their end. */
function idOf(at: number): string {
  const drawn = Math.imul(at + 1, 0x9e3779b1) >>> 0;
  return `g${drawn.toString(36).padStart(7, "0")}${at.toString(36).padStart(5, "0")}`;
}

interface Home {
  readonly organization: SampleOrganization;
  readonly people: readonly SamplePerson[];
  readonly automation: AutomationPeople;
  readonly developers: readonly [string, string, string];
  /** Whether the operator needs a grant to see its projects. */
  readonly isForeign: boolean;
}

function homeOf(at: number): Home {
  const number = String(at + 1).padStart(3, "0");
  const person = (role: string, last = number): SamplePerson => ({
    email: `${role.toLowerCase()}-${last}@example.org`,
    first: role,
    last,
  });
  const owner = person("Owner");
  const bot = person("Bot");
  const developers = ["a", "b", "c"].map((letter) => person("Developer", `${number}${letter}`));
  const [first, second, third] = developers.map(({ email }) => email);
  const isForeign = at % 4 === 3;
  const isOwned = at % 4 === 0;
  return {
    organization: {
      name: `studio-${number}`,
      label: `Studio ${number}`,
      owner: isOwned ? operatorEmail : owner.email,
      members: {
        ...Object.fromEntries([bot, ...developers].map(({ email }) => [email, []])),
        ...(isOwned ? {} : { [operatorEmail]: isForeign ? [] : ["admin"] }),
      },
    },
    people: [
      ...(isOwned ? [] : [owner]),
      ...[bot, ...developers].map((one) => ({ ...one, lendsToken: true }) as const),
    ],
    automation: { bot: bot.email, person: first ?? "" },
    developers: [first ?? "", second ?? "", third ?? ""],
    isForeign,
  };
}

const regions = [
  [5, "eu-3.platform.sh"],
  [4, "eu-5.platform.sh"],
  [4, "us-3.platform.sh"],
  [2, "fr-3.platform.sh"],
  [2, "ca-1.platform.sh"],
  [2, "au.platform.sh"],
  [1, "uk-1.platform.sh"],
  [1, "ch-1.platform.sh"],
] as const;
const timezones = [
  "UTC",
  "Europe/Paris",
  "Europe/Berlin",
  "America/New_York",
  "Asia/Tokyo",
] as const;
const places = [
  ..."Harbour Alpine Nordic Old-Town Riverside Central Coastal Sierra Lakeside Polar".split(" "),
  ..."Málaga Köln Łódź İzmir Zürich Ålesund Kraków São-Paulo".split(" "),
] as const;
const kinds = [
  ..."Shop Magazine Portal Museum Bookings Intranet Festival Clinic Library Campus".split(" "),
  ..."Buchladen Théâtre Tienda Музей 書店 Βιβλιοθήκη".split(" "),
] as const;

function project(at: number, home: Home): SampleProject {
  const throws = dice(`project ${at}`);
  const region = throws.weighted(regions);
  const flavor = throws.weighted([
    [85, "fixed"],
    [15, "flex"],
  ] as const);
  const defaultBranch = throws.weighted([
    [72, "main"],
    [20, "master"],
    [5, "production"],
    [3, "release/live"],
  ] as const);
  const words = throws.below(places.length * kinds.length);
  const title = `${places[words % places.length]} ${kinds[Math.floor(words / places.length)]}`;
  const environments = environmentsOf(throws, defaultBranch);
  const automation = automationOf(throws, { flavor, defaultBranch, people: home.automation });
  const written = appFiles(automation.app, {
    flavor,
    indentation: throws.pick([2, 4]),
    oldCommand: throws.percent(automation.oldCommandShare),
  });
  const [main, ...others] = environments;
  return {
    id: idOf(at),
    title: throws.percent(30) ? `${title.replace("-", " ")} ${at + 1}` : title.replace("-", " "),
    organization: home.organization.name,
    vendor: throws.percent(90) ? "upsun" : "platformsh",
    region,
    timezone: throws.pick(timezones),
    defaultBranch,
    files: { ...written, ...automation.scripts },
    apps: [automation.deployed],
    environments: automation.pausedCrons
      ? [{ ...main, pausedCrons: true }, ...others]
      : environments,
    ...(throws.percent(2) ? { suspended: true } : {}),
    age: 60 + throws.below(2000),
    grants: { ...peopleOf(throws, home), ...automation.grants },
    variables: automation.variables,
    runs: automation.runs,
  };
}

function environmentsOf(
  throws: Dice,
  defaultBranch: string,
): readonly [SampleEnvironment, ...SampleEnvironment[]] {
  const production: SampleEnvironment = {
    id: defaultBranch,
    title: "Production",
    type: "production",
  };
  if (throws.percent(15)) return [production];
  const staging: SampleEnvironment = {
    id: "staging",
    title: "Staging",
    type: "staging",
    parent: defaultBranch,
  };
  const features = Array.from({ length: throws.below(4) }, (_, at): SampleEnvironment => {
    const id = `feature/${100 + throws.below(900)}-${at}`;
    const idle = throws.percent(25);
    return {
      id,
      title: id,
      type: "development",
      parent: "staging",
      ...(idle ? { inactive: true } : {}),
    };
  });
  return [production, staging, ...features];
}

function peopleOf(throws: Dice, { developers, isForeign }: Home) {
  const [first, second, third] = developers;
  const guest: readonly StoredPermission[] = throws.percent(75)
    ? ["admin"]
    : ["viewer", "production:viewer", "staging:contributor", "development:admin"];
  return {
    ...(isForeign ? { [operatorEmail]: guest } : {}),
    [first]: ["viewer", "production:contributor", "staging:admin"],
    ...(throws.percent(60) ? { [second]: ["viewer", "development:admin"] } : {}),
    ...(throws.percent(30) ? { [third]: ["admin"] } : {}),
  } satisfies Record<string, readonly StoredPermission[]>;
}
