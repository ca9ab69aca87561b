import type { AppDefinition } from "./app-definition.ts";
import type { EnvironmentType } from "./permissions.ts";

/** The project that the demo sets up: it has no machine user yet. */
export const demoProjectId = "shopq4m2v7xk3";

/** One project of the sample, as plain data. */
export interface SampleProject {
  readonly id: string;
  readonly title: string;
  readonly organization: "atelier" | "partners";
  readonly region: string;
  readonly timezone: string;
  readonly defaultBranch: string;
  readonly app: AppDefinition;
  /** In the order of creation, parents first; the default branch is production. */
  readonly environments: readonly SampleEnvironment[];
  readonly suspended?: true;
}

export interface SampleEnvironment {
  readonly id: string;
  readonly title: string;
  readonly type: EnvironmentType;
  readonly parent?: string;
  readonly inactive?: true;
}

export const blogProjectId = "blogn6w3t8ry5";
export const theatreProjectId = "renamed7s2k4p";
export const portalProjectId = "portal2h9d4k7";

/** Titles in many scripts, and the oddities that real project lists have. */
export const sampleProjects: readonly SampleProject[] = [
  {
    id: demoProjectId,
    title: "Shop",
    organization: "atelier",
    region: "eu-3.platform.sh",
    timezone: "Europe/Berlin",
    defaultBranch: "main",
    app: {
      name: "shop",
      type: "php:8.3",
      build: "set -eu\n\ncomposer install --no-dev --prefer-dist --no-progress\n",
      crons: {
        baskets: { spec: "*/10 * * * *", start: "bin/console shop:baskets:expire" },
        renew: {
          spec: "30 4 1,15 * *",
          start: guarded("master", "platform redeploy --yes"),
        },
      },
      operations: { update: "composer update --no-interaction" },
    },
    environments: [
      { id: "main", title: "Main", type: "production" },
      { id: "staging", title: "Staging", type: "staging", parent: "main" },
      { id: "feature/checkout", title: "New checkout", type: "development", parent: "staging" },
    ],
  },
  {
    id: blogProjectId,
    title: "Bücherblog & Zeitung",
    organization: "atelier",
    region: "eu-3.platform.sh",
    timezone: "Europe/Berlin",
    defaultBranch: "main",
    app: {
      ...plainApp("php:8.2"),
      crons: { backup: { spec: "0 5 * * *", start: "platform backup:create --yes\n" } },
      build: "curl -fsS https://platform.sh/cli/installer | php\n",
    },
    environments: usualEnvironments("main"),
  },
  {
    id: theatreProjectId,
    title: "Öresund Theatre",
    organization: "atelier",
    region: "se-1.platform.sh",
    timezone: "Europe/Stockholm",
    defaultBranch: "main",
    app: {
      ...plainApp("php:8.3"),
      crons: {
        backup: {
          spec: "30 4 * * *",
          start: guarded("master", "platform backup:create --yes --no-wait"),
        },
      },
    },
    environments: [
      ...usualEnvironments("main"),
      { id: "master", title: "Master (old)", type: "development", parent: "main", inactive: true },
    ],
  },
  plainProject("cafe8y3n5w2qd", "Кофейня «Полюс»", "eu-4.platform.sh", "Europe/Sofia"),
  plainProject("books4v9x6j2m", "北国書店オンライン", "au-2.platform.sh", "Asia/Tokyo"),
  plainProject("oasis5t7r3b8k", "مكتبة الواحة", "fr-1.platform.sh", "Africa/Cairo"),
  plainProject("taverna6p2z9c", "Καφενείο Αιγαίο", "eu-4.platform.sh", "Europe/Athens"),
  plainProject("flowers3g8m5n", "서울 꽃집", "au-2.platform.sh", "Asia/Seoul"),
  plainProject(
    "blink9c4f7v2w",
    "Sale \u001b[5mnow\u001b[0m\u001b]0;changed title\u0007 \u202edetrevni",
    "us-2.platform.sh",
    "America/New_York",
  ),
  {
    ...plainProject("archive2k6d9s", "Archive 2019", "us-2.platform.sh", "UTC"),
    suspended: true,
  },
  {
    ...plainProject(portalProjectId, "Partner Portal", "ca-1.platform.sh", "America/Toronto"),
    organization: "partners",
  },
];

function plainProject(id: string, title: string, region: string, timezone: string): SampleProject {
  return {
    id,
    title,
    organization: "atelier",
    region,
    timezone,
    defaultBranch: "main",
    app: plainApp("nodejs:22"),
    environments: usualEnvironments("main"),
  };
}

function usualEnvironments(defaultBranch: string): readonly SampleEnvironment[] {
  return [
    { id: defaultBranch, title: "Main", type: "production" },
    { id: "staging", title: "Staging", type: "staging", parent: defaultBranch },
    { id: "develop", title: "Develop", type: "development", parent: "staging" },
  ];
}

function guarded(branch: string, command: string): string {
  return `if [ "$PLATFORM_BRANCH" = ${branch} ]; then\n    ${command}\nfi\n`;
}

function plainApp(type: string): AppDefinition {
  return {
    name: "app",
    type,
    build: "set -e\n",
    crons: { cleanup: { spec: "15 * * * *", start: "sh cron/cleanup.sh\n" } },
    operations: {},
  };
}
