import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sodium from "libsodium-wrappers";
import * as v from "valibot";
import { onTestFinished } from "vitest";

/** A stand-in for GitHub's API over TLS on loopback, as far as secrets of a repository go. */
export interface GithubServer {
  /** "localhost:41234" */
  readonly host: string;
  /** The certificate that a client has to trust. */
  readonly certificate: string;
  /** A folder for the client's own configuration. */
  readonly home: string;
  /** What the sealed box of a secret held. */
  opened(name: string): string | undefined;
  /** The names of the secrets that are there. */
  names(): readonly string[];
  /** Has it answer a path of the API, without what is asked behind it, with a document. */
  says(path: string, json: unknown): void;
  /** Everything that was sent, as it came. */
  received(): string;
}

const sent = v.object({ encrypted_value: v.string(), key_id: v.string() });

/** Starts it; it ends with the test. */
export async function startGithub(): Promise<GithubServer> {
  await sodium.ready;
  const home = mkdtempSync(join(tmpdir(), "machinist-github-"));
  const [key, certificate] = [join(home, "key.pem"), join(home, "certificate.pem")];
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"],
      ...["-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
    ],
    { stdio: "ignore" },
  );
  const pair = sodium.crypto_box_keypair();
  const boxes = new Map<string, string>();
  const bodies: string[] = [];
  const said = new Map<string, unknown>();
  const server = createServer(
    { key: readFileSync(key), cert: readFileSync(certificate) },
    (request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (part: string) => {
        body += part;
      });
      request.on("end", () => {
        const { url = "", method = "" } = request;
        bodies.push(`${method} ${url}\n${body}`);
        const answer = (status: number, json: unknown) => {
          response.writeHead(status, {
            "content-type": "application/json",
            "x-oauth-scopes": "repo, read:org, workflow",
          });
          response.end(status === 204 ? undefined : JSON.stringify(json));
        };
        const path = url.split("?")[0] ?? "";
        const secret = /\/actions\/secrets\/([A-Z_]+)$/u.exec(path)?.[1];
        const known = [...said].find(([end]) => path.endsWith(`/${end}`));
        if (known !== undefined) return answer(200, known[1]);
        if (path.endsWith("/graphql")) return answer(200, { data: { viewer: { login: "jane" } } });
        if (path.endsWith("/actions/secrets/public-key"))
          return answer(200, { key_id: "1", key: Buffer.from(pair.publicKey).toString("base64") });
        if (secret !== undefined && method === "PUT") {
          const isNew = !boxes.has(secret);
          boxes.set(secret, v.parse(sent, JSON.parse(body)).encrypted_value);
          return answer(isNew ? 201 : 204, {});
        }
        if (secret !== undefined && method === "DELETE") {
          boxes.delete(secret);
          return answer(204, {});
        }
        if (path.endsWith("/actions/secrets")) {
          const secrets = [...boxes.keys()].map((name) => ({
            name,
            updated_at: new Date().toISOString(),
          }));
          return answer(200, { total_count: secrets.length, secrets });
        }
        return answer(200, {});
      });
    },
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    rmSync(home, { recursive: true });
  });
  const { port }: Pick<AddressInfo, "port"> = v.parse(
    v.object({ port: v.number() }),
    server.address(),
  );
  return {
    host: `localhost:${port}`,
    certificate,
    home,
    names: () => [...boxes.keys()],
    says: (path, json) => {
      said.set(path, json);
    },
    received: () => bodies.join("\n"),
    opened: (name) => {
      const box = boxes.get(name);
      if (box === undefined) return undefined;
      const opened = sodium.crypto_box_seal_open(
        new Uint8Array(Buffer.from(box, "base64")),
        pair.publicKey,
        pair.privateKey,
      );
      return Buffer.from(opened).toString("utf8");
    },
  };
}
