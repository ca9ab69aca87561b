import { expect, test } from "vitest";
import { savedSetups } from "../../src/setup/saved-setup.ts";
import { setupProcedure } from "../../src/setup/steps/registry.ts";
import { someMoments } from "../amounts.ts";
import { converse } from "./conversation.ts";
import { projectState } from "./project-state.ts";
import { openShop, type Shop } from "./shop.ts";

const email = "operator+shop-backup@example.org";

class Left extends Error {}

/**
 * Goes through the setup as a person would, who leaves at a question, counted from 0; or never.
 * Gives how many questions there were.
 */
async function goThrough(shop: Shop, leaveAt = Number.POSITIVE_INFINITY): Promise<number> {
  const answers: Record<string, string> = { email };
  const { offer } = await savedSetups(shop.directory, shop.env, "shopq4m2v7xk3");
  let count = 0;
  try {
    await converse(setupProcedure, shop, answers, {
      keep: true,
      request: offer === undefined ? {} : { saved: offer },
      onQuestion: async ({ kind }) => {
        if (count === leaveAt) throw new Left();
        count += 1;
        if (kind === "secret") {
          answers["token"] = (await shop.sandbox.acceptInvitation(email)).token;
        }
      },
    });
  } catch (error) {
    if (!(error instanceof Left)) throw error;
  }
  return count;
}

test("a setup that was left at any of its questions and started again ends as one that was not", async () => {
  const whole = await openShop();
  const questions = await goThrough(whole);
  const wanted = await projectState(whole);
  expect(questions).toBeGreaterThan(10);
  for (const leaveAt of someMoments(questions)) {
    const shop = await openShop();
    await goThrough(shop, leaveAt);
    await goThrough(shop);
    expect(await projectState(shop), `left at question ${leaveAt}`).toEqual(wanted);
  }
});

test("a setup that is left again and again, one question further each time, ends the same", async () => {
  const whole = await openShop();
  const questions = await goThrough(whole);
  const shop = await openShop();
  for (let leaveAt = 0; leaveAt < questions; leaveAt++) await goThrough(shop, leaveAt);
  await goThrough(shop);
  expect(await projectState(shop)).toEqual(await projectState(whole));
});
