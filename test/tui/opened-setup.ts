import { runSetupOn } from "../setup/run-setup.ts";
import { openShop, type Shop } from "../setup/shop.ts";
import { type FakeTerminal, fakeTerminal, keys } from "../terminal/fake-terminal.ts";

/** A setup that runs on the screens of a terminal. */
export interface OpenedSetup {
  readonly shop: Shop;
  readonly terminal: FakeTerminal;
  readonly ended: ReturnType<typeof runSetupOn>;
  /** What the platform was asked to change. */
  changes(): readonly string[];
}

/** Starts a setup of a new shop. */
export async function openSetup(
  columns: number,
  rows: number,
  flags: Readonly<Record<string, unknown>> = {},
): Promise<OpenedSetup> {
  const shop = await openShop();
  const terminal = fakeTerminal(columns, rows);
  return {
    shop,
    terminal,
    ended: runSetupOn(terminal, shop, flags),
    changes: () =>
      shop.sandbox.requests.flatMap(({ method, path }) =>
        method === "GET" || path.endsWith("/oauth2/token") ? [] : [`${method} ${path}`],
      ),
  };
}

/** Leaves the setup as a person does. */
export async function leave({ terminal, ended }: OpenedSetup): Promise<void> {
  terminal.type(keys.interrupt);
  await ended;
}
