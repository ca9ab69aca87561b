import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { locateApps } from "../../src/appfile/locate.ts";
import { readApp } from "../../src/appfile/read.ts";
import { flagsOf, repeatableFlags } from "../../src/commands/command.ts";
import { rotateCommand, rotateRequest } from "../../src/commands/rotate/run.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { Secret } from "../../src/secret.ts";
import { allVendors, vendors } from "../../src/vendors/registry.ts";
import type { Vendor } from "../../src/vendors/vendor.ts";
import { sandboxForTest, signIn } from "../sandbox/client.ts";
import { runSetup } from "../setup/run-setup.ts";
import { layDown, projects } from "../vendors/projects.ts";
import { binary } from "./official-cli.ts";

/** The configuration with which the one program of the official CLI is that of a vendor (its source, `Config`). */
function configuration(vendor: Vendor, { apiUrl, authUrl, consoleUrl }: Sandbox): string {
  const { name, id, binary: executable, prefix, containerPrefix, files } = vendor;
  return JSON.stringify({
    application: { name, slug: id, executable, env_prefix: prefix, user_config_dir: `.${id}` },
    service: {
      name,
      env_prefix: containerPrefix,
      project_config_dir: files.folder,
      app_config_file: files.app,
      console_url: consoleUrl,
    },
    api: {
      base_url: apiUrl,
      auth_url: authUrl,
      oauth2_client_id: `${id}-cli`,
      organizations: true,
    },
    ssh: { domain_wildcards: ["*.platform.sh"] },
    detection: {
      git_remote_name: id,
      git_domain: "platform.sh",
      site_domains: ["platformsh.site"],
    },
  });
}

/** Runs a script in dash as in a container of production, where the vendor's CLI is installed and has this token. */
async function inContainer(script: string, vendor: Vendor, sandbox: Sandbox, token: string) {
  const home = await mkdtemp(join(tmpdir(), "machinist-container-"));
  onTestFinished(() => rm(home, { recursive: true }));
  await mkdir(join(home, "bin"));
  const cli = join(home, "bin", vendor.binary);
  await writeFile(cli, `#!/bin/sh\nexec ${binary} "$@"\n`);
  await chmod(cli, 0o755);
  await writeFile(join(home, "cli.yaml"), configuration(vendor, sandbox));
  const variable = (name: string) => `${vendor.containerPrefix}${name}`;
  const env = {
    PATH: `${home}/bin:/usr/bin:/bin`,
    HOME: home,
    CLI_CONFIG_FILE: join(home, "cli.yaml"),
    [vendor.tokenEnv]: token,
    [`${vendor.prefix}UPDATES_CHECK`]: "0",
    [variable("PROJECT")]: demoProjectId,
    [variable("BRANCH")]: "main",
    [variable("ENVIRONMENT_TYPE")]: "production",
  };
  return new Promise<{ readonly code: unknown; readonly said: string }>((resolve) => {
    const options = { env, cwd: home, timeout: 60_000 };
    const child = execFile("dash", ["-c", script], options, (error, out, err) =>
      resolve({ code: error?.code ?? 0, said: out + err }),
    );
    child.stdin?.end();
  });
}

/** The machine user of the shop, who may back up production, and what has been backed up in its name. */
async function machineUser() {
  const sandbox = await sandboxForTest({ activityMs: 0 });
  const operator = await signIn(sandbox);
  const email = "machine@example.org";
  const permissions = [{ type: "production", role: "admin" }];
  const body = { email, role: "viewer", permissions };
  await operator.send("POST", `/projects/${demoProjectId}/invitations`, body);
  const { token } = await sandbox.acceptInvitation(email);
  const backups = () =>
    sandbox.requests.filter(
      ({ method, path, user, status }) =>
        method === "POST" && path.endsWith("/main/backup") && user === email && status === 200,
    ).length;
  return { sandbox, token, backups };
}

const setUp = allVendors.filter(({ installation }) => installation.kind === "script");

test.runIf(existsSync(binary)).each(setUp)(
  "the cron that setup writes for $name runs with its CLI, and with the token in its variable",
  async (vendor) => {
    const id = Object.values(vendors).find((one) => one === vendor)?.id ?? "platformsh";
    const project = await layDown(projects[id]);
    const flags = { task: "backup", branch: "main", offline: true, yes: true, vendor: id };
    expect((await runSetup(project, flags)).failure).toBeUndefined();
    const [location] = await locateApps(project.directory);
    if (location === undefined) throw new Error("the project has no application");
    const { crons } = await readApp(location);
    const script = crons.find(({ name }) => name === "backup")?.script?.text ?? "";
    expect(script).toContain(vendor.binary);

    const { sandbox, token, backups } = await machineUser();
    const ran = await inContainer(script, vendor, sandbox, token);
    expect({ ...ran, backups: backups() }).toMatchObject({ code: 0, backups: 1 });
    // The guard keeps it from any other branch.
    const elsewhere = `${vendor.containerPrefix}BRANCH=staging\n${script}`;
    expect((await inContainer(elsewhere, vendor, sandbox, token)).code).toBe(0);
    expect(backups()).toBe(1);
  },
);

test.runIf(existsSync(binary)).each([vendors.platformsh, vendors.upsun, vendors.ibexa])(
  "what setup and rotate do through the API for $name is read by its CLI: the role, the variable, and each token in turn",
  async (vendor) => {
    const sandbox = await sandboxForTest({ activityMs: 0, ofUpsun: vendor === vendors.upsun });
    const { directory, env } = await layDown(projects[vendor.id]);
    const project = {
      directory,
      env: {
        ...env,
        [`${vendor.prefix}API_URL`]: sandbox.apiUrl,
        [`${vendor.prefix}AUTH_URL`]: sandbox.authUrl,
        [vendor.tokenEnv]: sandbox.operatorToken,
      },
    };
    const email = "operator+shop-backup@example.org";
    const place = { project: demoProjectId, environment: "main", email, yes: true };
    const flags = { ...place, task: "backup", vendor: vendor.id };
    const invited = await runSetup(project, { ...flags, only: "machine-user" });
    expect(invited.failure).toBeUndefined();
    const { token } = await sandbox.acceptInvitation(email);
    expect((await runSetup(project, flags, token)).failure).toBeUndefined();

    const asOperator = (words: string) =>
      inContainer(`${vendor.binary} ${words}`, vendor, sandbox, sandbox.operatorToken);
    const at = `--project ${demoProjectId}`;
    const users = await asOperator(`user:list ${at} --format plain --no-header`);
    expect(users.said).toMatch(new RegExp(`${email.replace("+", "\\+")}.*viewer`, "u"));
    const name = `${vendor.tokenVariable} ${at} --environment main --level environment`;
    const variable = await asOperator(`variable:get ${name} --property is_sensitive`);
    expect(variable.said).toContain("true");

    const work = `${vendor.binary} backup:create --yes --no-wait`;
    expect((await inContainer(work, vendor, sandbox, token)).code).toBe(0);
    const second = sandbox.makeToken(email, "second");
    const options = flagsOf("rotate", { ...place, revoke: "machinist" });
    const request = rotateRequest(directory, options);
    const nothing = () => undefined;
    await rotateCommand(
      { ...request, machineToken: new Secret(second) },
      {
        ...{ vendor, face: "flags", yes: true, reasons: false, json: false, verbose: false },
        ...{ pollMs: 5, flags: repeatableFlags("rotate", options) },
      },
      {
        ...{ out: nothing, err: nothing, document: nothing, env: project.env },
        signal: new AbortController().signal,
      },
    );
    expect((await inContainer(work, vendor, sandbox, second)).code).toBe(0);
    expect((await inContainer(work, vendor, sandbox, token)).code).not.toBe(0);
  },
);

test.runIf(existsSync(binary))(
  "Adobe's CLI, too, reads the variable that its record names",
  async () => {
    const { sandbox, token, backups } = await machineUser();
    const script = "magento-cloud backup:create --yes --no-wait";
    const { code } = await inContainer(script, vendors.magento, sandbox, token);
    expect([code, backups()]).toEqual([0, 1]);
  },
);
