import type { Task } from "./task.ts";

/** Backups need the admin role on the environment's type (manual, "Back up environments" and "User administration"). */
export const backup: Task = {
  id: "backup",
  title: "Back up",
  notes: [
    "Many plans back up production by themselves every day; an own cron adds manual backups, which count against their own quota: when it is used up, the oldest one goes.",
    "A backup stops the environment's writes for some seconds, unless it is a live one.",
  ],
  ssh: false,
  work: {
    kind: "cron",
    schedule: "0 5 * * *",
    cronName: "backup",
    commands: () => ["backup:create"],
    script: (binary, { live }) => [
      `${binary} backup:create ${live ? "--live " : ""}--yes --no-wait`,
    ],
  },
  permissions: (type) => ["viewer", `${type}:admin`],
};
