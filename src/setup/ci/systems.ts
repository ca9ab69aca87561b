/** The CI systems that a setup knows, as `--where` names them. */
export const ciSystems = ["github", "gitlab", "bitbucket", "circleci", "jenkins", "azure"] as const;
/** One of them. */
export type CiSystemName = (typeof ciSystems)[number];

/** Where the work can run: on the platform, or in one of them. */
export const workPlaces = ["cron", ...ciSystems] as const;
