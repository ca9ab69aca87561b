import type { Task } from "./task.ts";

/** Backups need the admin role on the environment's type (manual, "Back up environments" and "User administration"). */
export const backup: Task = {
  id: "backup",
  title: "Back up",
  notes: [
    "Many plans back up production every day by themselves. A cron adds manual backups, of which a plan keeps a few: then the oldest one goes.",
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
