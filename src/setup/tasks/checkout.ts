import type { Task } from "./task.ts";

/**
 * Reading the code needs the viewer role and SSH, for which the CLI loads a certificate by itself (manual,
 * "Authenticate with API tokens" and "SSH certificates").
 */
export const checkout: Task = {
  id: "checkout",
  title: "Check out the code in CI",
  notes: [
    "It runs in your CI system and not on the platform: there is no cron, and no variable on an environment. The token becomes a secret of the CI system.",
    "No SSH key is needed: the CLI gets a certificate with the token.",
  ],
  ssh: true,
  work: {
    kind: "ci",
    handOver: ({ vendor: { binary, tokenEnv }, project }) => [
      `in the CI system: set ${tokenEnv} to the machine user's token, as a masked secret`,
      `in the CI job: ${binary} ssh-cert:load --yes`,
      `in the CI job: ${binary} project:get ${project} --yes`,
    ],
  },
  permissions: () => ["viewer"],
};
