// Debian's chromium, and tabs that note whatever a page may not do.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

let running = null;

/** The one browser of all tests; it finds no host but this machine. */
function browser() {
  const args = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--disable-gpu"];
  running ??= chromium.launch({ executablePath: CHROMIUM, chromiumSandbox: false, args });
  return running;
}

export async function close() {
  await (await running)?.close();
}

/** A tab on a server's pages. `options` are those of a browser context. */
export async function tab(server, options = {}) {
  const context = await (await browser()).newContext({ baseURL: server.address, ...options });
  await context.addCookies([server.cookie]);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const amiss = [];
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol !== "data:" && url.origin !== server.address) amiss.push(`asked ${request.url()}`);
  });
  // what the policy of the pages forbids is told here, too
  page.on("console", (said) => ["error", "warning"].includes(said.type()) && amiss.push(`console: ${said.text()}`));
  page.on("pageerror", (error) => amiss.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    amiss.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  const nothingAmiss = () => assert.deepEqual(amiss.splice(0), [], page.url());
  return { page, nothingAmiss, close: () => context.close() };
}

/** What reaches further to the right than the window, the innermost of it; runs in the page. */
export function tooWide() {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  const over = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1);
  return over.filter((one) => !over.some((other) => other !== one && one.contains(other))).map((one) => one.outerHTML.slice(0, 160));
}
