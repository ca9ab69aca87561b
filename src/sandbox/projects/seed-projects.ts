import { sampleFiles, upsunSampleFiles } from "../sample-project.ts";
import type { AppDefinition } from "./app-definition.ts";
import { appFiles } from "./app-files.ts";
import { appsOfBranch } from "./app-reading.ts";
import type { Sample, SampleEnvironment, SampleProject } from "./sample.ts";
import { worstProject } from "./worst-project.ts";

/** The project that the demo sets up: it has no machine user yet. */
export const demoProjectId = "shopq4m2v7xk3";

/** Whose token is the operator's. */
export const operatorEmail = "operator@example.org";

/** Whose job it is to be signed in as a program. */
const bot = "bot@example.org";

const shopApps = appsOfBranch(sampleFiles);

/** Titles in many scripts, and the oddities that real project lists have. */
export const sampleProjects: readonly SampleProject[] = [
  {
    id: demoProjectId,
    title: "Shop",
    organization: "atelier-nord",
    region: "eu-3.platform.sh",
    timezone: "Europe/Berlin",
    defaultBranch: "main",
    files: sampleFiles,
    apps: "file" in shopApps ? [] : shopApps,
    environments: [
      { id: "main", title: "Main", type: "production" },
      { id: "staging", title: "Staging", type: "staging", parent: "main" },
      { id: "feature/checkout", title: "New checkout", type: "development", parent: "staging" },
    ],
    grants: {
      "developer@example.org": ["viewer", "staging:contributor", "development:admin"],
      "editor@example.org": ["viewer", "production:viewer"],
    },
  },
  {
    ...project("blogn6w3t8ry5", "Bücherblog & Zeitung", "eu-3.platform.sh", "Europe/Berlin", {
      ...plainApp("php:8.2"),
      crons: { backup: { spec: "0 5 * * *", start: "platform backup:create --yes\n" } },
      build: "curl -fsS https://platform.sh/cli/installer | php\n",
    }),
    grants: { "developer@example.org": ["admin"], [bot]: ["admin"] },
    // What people do who set this up in a hurry: the token of a bot, admin of two projects, in a variable that is
    // neither sensitive nor kept on production.
    variables: [
      {
        name: "env:PLATFORMSH_CLI_TOKEN",
        environment: "main",
        value: { tokenOf: bot },
        settings: { visible_build: true },
      },
    ],
  },
  {
    ...project("renamed7s2k4p", "Öresund Theatre", "se-1.platform.sh", "Europe/Stockholm", {
      ...plainApp("php:8.3"),
      crons: {
        backup: {
          spec: "30 4 * * *",
          start:
            'if [ "$PLATFORM_BRANCH" = master ]; then\n    platform backup:create --yes --no-wait\nfi\n',
        },
      },
    }),
    environments: [
      ...usualEnvironments("main"),
      { id: "master", title: "Master (old)", type: "development", parent: "main", inactive: true },
    ],
    grants: { [bot]: ["admin"] },
  },
  project("cafe8y3n5w2qd", "Кофейня «Полюс»", "eu-4.platform.sh", "Europe/Sofia"),
  project("books4v9x6j2m", "北国書店オンライン", "au-2.platform.sh", "Asia/Tokyo"),
  project("oasis5t7r3b8k", "مكتبة الواحة", "fr-1.platform.sh", "Africa/Cairo"),
  project("taverna6p2z9c", "Καφενείο Αιγαίο", "eu-4.platform.sh", "Europe/Athens"),
  project("flowers3g8m5n", "서울 꽃집", "au-2.platform.sh", "Asia/Seoul"),
  project(
    "blink9c4f7v2w",
    "Sale \u001b[5mnow\u001b[0m\u001b]0;changed title\u0007 \u202edetrevni",
    "us-2.platform.sh",
    "America/New_York",
  ),
  {
    ...project("archive2k6d9s", "Archive 2019", "us-2.platform.sh", "UTC"),
    suspended: true,
  },
  {
    ...project("portal2h9d4k7", "Partner Portal", "ca-1.platform.sh", "America/Toronto"),
    organization: "partner-works",
    grants: {
      [operatorEmail]: ["viewer", "production:viewer", "staging:viewer", "development:viewer"],
    },
  },
  worstProject,
];

/** Two organizations, their projects, and the people who work on them. */
export const sample: Sample = {
  people: ["Developer", "Editor", "Partner", "Bot"].map((first) => ({
    email: `${first.toLowerCase()}@example.org`,
    first,
    last: "Example",
    lendsToken: true,
  })),
  organizations: [
    { name: "atelier-nord", label: "Atelier Nord", owner: operatorEmail },
    { name: "partner-works", label: "Partner Works", owner: "partner@example.org" },
  ],
  projects: sampleProjects,
};

function project(
  id: string,
  title: string,
  region: string,
  timezone: string,
  app: AppDefinition = plainApp("nodejs:22"),
): SampleProject {
  const configuration = appFiles(app, { flavor: "fixed", indentation: 4, oldCommand: false });
  return {
    id,
    title,
    organization: "atelier-nord",
    region,
    timezone,
    defaultBranch: "main",
    files: { ...configuration, "cron/cleanup.sh": "rm -rf /app/var/tmp/*\n" },
    apps: [app],
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

function plainApp(type: string): AppDefinition {
  return {
    name: "app",
    type,
    build: "set -e\n",
    crons: { cleanup: { spec: "15 * * * *", start: "sh cron/cleanup.sh\n" } },
    operations: {},
  };
}

/** The sample with its shop as a project of Upsun. */
export const upsunSample: Sample = {
  ...sample,
  projects: sample.projects.map((one) => {
    if (one.id !== demoProjectId) return one;
    const apps = appsOfBranch(upsunSampleFiles);
    return { ...one, files: upsunSampleFiles, apps: "file" in apps ? [] : apps };
  }),
};
