// Texts that mean no good are shown, and do nothing.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { kindOf } from "../kinds.js";
import { tab, tooWide } from "../support/browser.js";
import { crawl } from "../support/crawl.js";
import { hostile } from "../support/hostile.js";
import { serve } from "../support/served.js";

/** Milliseconds in which a page is there, in a build for tests. */
const SOON = 10_000;
/** A page of a text that goes on in parts. */
const MOST = 100_000;

/** Whatever could be of a text and not of a page. */
function strange() {
  const own = ["/look/script.js"];
  const scripts = [...document.scripts].filter((one) => !own.includes(one.getAttribute("src")));
  const loaded = [...document.querySelectorAll("img, iframe, object, embed, video, audio, base, meta[http-equiv], style")];
  const handlers = [...document.querySelectorAll("*")].filter((one) => [...one.attributes].some(({ name }) => name.startsWith("on")));
  const links = [...document.links].filter(({ protocol }) => !/^https?:$/.test(protocol));
  return [...scripts, ...loaded, ...handlers, ...links].map((one) => one.outerHTML.slice(0, 160));
}

describe("texts that mean no good", () => {
  let server;
  let pages;
  let opened;
  before(async () => {
    server = await serve(hostile);
    pages = [...(await crawl(server, { ofAKind: hostile.length, but: /^\/why\/.*endless/ })).kinds.values()].flat();
    opened = await tab(server, { viewport: { width: 390, height: 800 } });
  });
  after(async () => {
    await opened.close();
    server.stop();
  });

  test("can all be reached, and their pages are there", () => {
    const astray = pages.filter((page) => page.status !== 200).map((page) => `${page.status} ${page.path}`);
    assert.deepEqual(astray, []);
    const documents = pages.filter((page) => kindOf(page.path) === "document").map((page) => page.path.split("?")[0]);
    assert.equal(new Set(documents).size, hostile.length);
  });

  test("nothing of them runs, loads, or reaches over the page", async () => {
    const { page, nothingAmiss } = opened;
    for (const { path } of pages) {
      await page.goto(path);
      await page.mouse.move(100, 300);
      assert.deepEqual(await page.evaluate(strange), [], path);
      assert.equal(await page.evaluate(() => window.hit), undefined, path);
      assert.deepEqual(await page.evaluate(tooWide), [], `${path} is wider than the window`);
      nothingAmiss();
    }
  });

  test("their words stand on the page as they are", async () => {
    const { page } = opened;
    await page.goto(`/document/${encodeURIComponent("h:far")}`);
    assert.ok((await page.locator(".text").innerText()).includes("<b onmouseover=alert(2)>three</b>"));
    assert.ok((await page.locator(".text").innerText()).includes("\u202Egpj.exe"));
  });

  test("what turns text round is kept apart from what stands beside it", async () => {
    const { page } = opened;
    await page.goto("/search?q=show:documents");
    const turned = page.locator("ul.lines a.title bdi");
    assert.equal(await turned.count(), hostile.length);
  });

  test("a paragraph of ten million letters comes in parts, each soon there", async () => {
    const { page } = opened;
    const begun = Date.now();
    const answer = await page.goto(`/document/${encodeURIComponent("h:endless")}`);
    assert.ok((await answer.body()).length < MOST);
    assert.ok(await page.locator(".rows a.who").first().isVisible());
    const turn = page.getByRole("navigation", { name: "parts of the text" }).first();
    assert.match(await turn.innerText(), /Part 1 of [\d,]{3,}/);
    await turn.getByRole("link", { name: "the last" }).click();
    assert.match(await turn.innerText(), /Part ([\d,]{3,}) of \1/);
    assert.match(await page.locator(".text").innerText(), /w$/);
    assert.ok(Date.now() - begun < SOON, `${Date.now() - begun} ms`);
  });

  test("what is said far down in it is led to", async () => {
    const { page } = opened;
    const search = `/search.json?q=${encodeURIComponent('id:"h:endless" show:statements limit:200')}`;
    const { rows } = await (await fetch(server.address + search)).json();
    const last = rows.reduce((far, row) => (row.start > far.start ? row : far));
    assert.ok(last.start > 9_000_000);
    await page.goto(`/document/${encodeURIComponent("h:endless")}?see=${last.id}#d1${last.id}`);
    assert.ok(await page.locator(".rows > li:target").isVisible());
    // the whole text is read again for it
    const why = await fetch(`${server.address}/why/${last.id}/${encodeURIComponent("h:endless")}`);
    assert.ok((await why.text()).length < MOST);
  });
});
