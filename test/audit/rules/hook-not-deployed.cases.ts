import { known } from "../../../src/fact.ts";
import { app, hooks } from "../app.ts";
import { build, calling, deployed, project, text } from "../project.ts";
import type { RuleCases } from "../rule-cases.ts";

/** A project whose job is for staging, with the hooks that are deployed there and on production. */
function ofStaging(onStaging: typeof calling.hooks, onMain: typeof calling.hooks) {
  const { environment: main } = project({}).facts.platform;
  const staging = {
    ...main,
    id: "staging",
    title: "Staging",
    type: "staging",
    isMain: false,
  } as const;
  const absent = { kind: "absent" } as const;
  return {
    ...project(
      {},
      {
        environments: [main, staging],
        deployment: deployed({ ...calling, hooks: onMain }),
        others: [
          {
            environment: staging,
            variables: absent,
            runs: absent,
            deployment: known(deployed({ ...calling, hooks: onStaging })),
          },
        ],
      },
    ),
    text: text.replace("= main", "= staging"),
  };
}

export const cases: RuleCases = {
  fires: {
    "the build hook is another one": {
      given: project({}, { deployment: deployed(calling) }),
      finds: [
        {
          severity: "info",
          confidence: "medium",
          at: "4:12-4:13",
          message: "the build hook of shop is not deployed on main",
        },
      ],
    },
    "the CLI is installed in another version": {
      given: project(
        {},
        {
          deployment: deployed({ ...calling, hooks: { build: build.replace("5.11.0", "5.10.0") } }),
        },
      ),
      finds: [
        {
          severity: "info",
          confidence: "medium",
          at: "4:12-4:13",
          message: "the build hook of shop is deployed with other commands on main",
        },
      ],
    },
    "the deploy hook calls it, and isn't deployed": {
      given: {
        ...project({}, { deployment: deployed({ ...calling, hooks: { build } }) }),
        text: app(...hooks({ build: build.trim().split("\n"), deploy: ["platform backup --yes"] })),
      },
      finds: [
        {
          severity: "info",
          confidence: "medium",
          at: "8:13-8:14",
          message: "the deploy hook of shop is not deployed on main",
        },
      ],
    },
    "the job is for staging, which has the old hook": {
      given: ofStaging({ build: build.replace("5.11.0", "5.10.0") }, { build }),
      finds: [
        {
          severity: "info",
          confidence: "medium",
          at: "4:12-4:13",
          message: "the build hook of shop is deployed with other commands on staging",
        },
      ],
    },
  },
  quiet: {
    "the job is for staging, and only production has the old hook": ofStaging(
      { build },
      { build: build.replace("5.11.0", "5.10.0") },
    ),
    "it is deployed as the file has it": project(
      {},
      { deployment: deployed({ ...calling, hooks: { build } }) },
    ),
    "only blanks and comments differ": project(
      {},
      { deployment: deployed({ ...calling, hooks: { build: `# Install.\n\n${build}` } }) },
    ),
    "the hook has nothing to do with the CLI": {
      ...project({}, { deployment: deployed(calling) }),
      text: app(...hooks({ build: ["npm ci"], deploy: ["npm run warm"] })),
    },
    "the app isn't deployed": project({}, { deployment: deployed() }),
    "nobody is signed in": text,
  },
};
