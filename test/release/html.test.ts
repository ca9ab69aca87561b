import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { clean, failed, hostile, reports, shop, written } from "../report/reports.ts";

/** What a browser made of a page. */
interface Look {
  /** How far the page can be scrolled sideways, in pixels. */
  readonly sideways: number;
  readonly dark: boolean;
  /** The texts whose contrast with what is behind them is below what WCAG 2.2 asks for (4.5), each with its contrast. */
  readonly pale: readonly string[];
  /** How many texts there are. */
  readonly texts: number;
  /** Whether anything of a finding's text became an element. */
  readonly foreign: number;
}

/** Runs in the page: opens what is folded, and measures. */
const measure = readFileSync(join(import.meta.dirname, "measure-page.js"), "utf8");

async function lookAt(html: string, width: number, scheme: "light" | "dark"): Promise<Look> {
  const folder = await mkdtemp(join(tmpdir(), "machinist-html-"));
  const file = join(folder, "audit.html");
  // The page lets no script run; the one that measures is no part of it.
  const open = html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/u, "");
  await writeFile(file, open.replace("</body>", `<script>${measure}</script></body>`));
  const { stdout } = await promisify(execFile)(
    "chromium",
    [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      `--user-data-dir=${join(folder, "profile")}`,
      `--window-size=${width},900`,
      `--blink-settings=preferredColorScheme=${scheme === "dark" ? 0 : 1}`,
      "--dump-dom",
      `file://${file}`,
    ],
    { maxBuffer: 64 * 1024 * 1024 },
  ).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    throw new Error("this test needs chromium: install it, as by apt-get install chromium");
  });
  const [, look = "{}"] = /data-look="([^"]*)"/u.exec(stdout) ?? [];
  return JSON.parse(look.replaceAll("&quot;", '"').replaceAll("&amp;", "&"));
}

const pages = {
  "one checkout": reports(false, shop),
  "many projects, among them what is hostile and what failed": reports(
    true,
    shop,
    clean,
    hostile,
    failed,
  ),
};

describe.each([...Object.entries(pages)])("the page of %s in a browser", (_name, page) => {
  test.each([
    [390, "light"],
    [390, "dark"],
    [1280, "light"],
    [1280, "dark"],
  ] as const)("%i pixels wide, %s: all fits, and all can be read", async (width, scheme) => {
    const look = await lookAt(await written("html", page), width, scheme);
    expect(look).toMatchObject({ dark: scheme === "dark", sideways: 0, pale: [], foreign: 0 });
    expect(look.texts).toBeGreaterThan(20);
  });
});
