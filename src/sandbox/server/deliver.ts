import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { FaultEffect } from "../faults.ts";
import type { HttpReply } from "./reply.ts";

/** Writes an answer to the wire, as well as the effects let it. */
export async function deliver(
  response: ServerResponse,
  reply: HttpReply,
  effects: readonly FaultEffect[],
): Promise<void> {
  const body = reply.body ?? "";
  const headers = { ...reply.headers, "x-platform-cluster": "sandbox" };
  if (effects.some(({ kind }) => kind === "reset")) {
    response.destroy();
    return;
  }
  if (effects.some(({ kind }) => kind === "truncated")) {
    const length = Buffer.byteLength(body);
    response.writeHead(reply.status, { ...headers, "content-length": length + 1 });
    response.write(body.slice(0, body.length / 2), () => response.destroy());
    return;
  }
  const slow = effects.find((effect) => effect.kind === "slowBody");
  response.writeHead(reply.status, headers);
  if (slow !== undefined && body !== "") {
    response.write(body.slice(0, body.length / 2));
    await wait(slow.ms);
    response.end(body.slice(body.length / 2));
    return;
  }
  response.end(reply.body);
}
