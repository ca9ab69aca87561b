// Reads the facts of made-up projects in a process of its own, and prints what that took as one line of JSON.
import { readFleet } from "../../src/audit/fleet.ts";
import { connect } from "../../src/platform/connection.ts";
import { accessibleProjects } from "../../src/platform/projects.ts";
import { currentUser } from "../../src/platform/users.ts";
import { Secret } from "../../src/secret.ts";
import { vendors } from "../../src/vendors/registry.ts";

const [address = "", token = "", most = ""] = process.argv.slice(2);
const connection = connect({
  addresses: { api: address, auth: address, console: address },
  token: new Secret(token),
});
const all = await accessibleProjects(connection, (await currentUser(connection)).id);
const projects = all.filter(({ id }) => id.startsWith("g")).slice(0, Number(most));
let [requests, failed] = [0, 0];
const start = performance.now();
const before = process.cpuUsage();
for await (const reading of readFleet(connection, projects, { vendor: vendors.platformsh })) {
  requests += reading.requests;
  if (reading.kind === "failed") failed += 1;
}
const ms = performance.now() - start;
const cpu = process.cpuUsage(before);
const cpuMs = (cpu.user + cpu.system) / 1000;
await connection.close();
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
const ids = projects.map(({ id }) => id);
process.stdout.write(JSON.stringify({ requests, failed, ms, cpuMs, peakMegabytes, ids }));
