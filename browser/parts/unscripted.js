// Without script: everything can be read and reached.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { tab } from "../support/browser.js";
import { samples, served } from "../support/golden.js";

describe("without script", () => {
  let opened;
  let page;
  before(async () => {
    opened = await tab(served, { javaScriptEnabled: false });
    page = opened.page;
  });
  after(() => opened.close());

  test("a question leads to a statement, to its document, to why, to a claim and its story", async () => {
    await page.goto("/");
    await page.getByLabel("Ask the case").fill("kirkuk show:statements");
    await page.getByRole("button", { name: "Search" }).click();
    const found = page.locator("ul.lines > li").first();
    const words = await found.locator("blockquote").innerText();

    await found.locator("blockquote a").click();
    assert.match(page.url(), /\/document\/[^#]+#d1a\d+$/);
    const row = page.locator(".rows > li:target");
    assert.ok(await row.isVisible());
    assert.ok((await page.locator(".text").innerText()).includes(words.trim()));

    await row.getByRole("link", { name: "why", exact: true }).click();
    assert.ok(await page.locator("main dt", { hasText: "source" }).first().isVisible());
    assert.ok(await page.locator("main dd .steps code").first().isVisible(), "each step by the name of its rule");

    await page.locator(".lead a").click();
    await page.locator(".claims a").first().click();
    assert.match(page.url(), /\/claim\//);
    assert.match(await page.locator("h1").innerText(), /report/);
    await page.locator("details.reasons summary").click();
    assert.ok(await page.locator("details.reasons li").first().isVisible());
    await page.locator(".origins a.title").first().click();
    await page.getByText("of the story").getByRole("link").click();
    assert.match(page.url(), /\/story\//);
  });

  test("facets narrow an answer", async () => {
    await page.goto("/search?q=show:statements");
    await page.getByRole("navigation", { name: "narrow" }).getByRole("link", { name: "anonymous" }).click();
    assert.match(await page.locator("input[name=q]").inputValue(), /kind:/);
    assert.equal(await page.locator("ul.lines .unnamed").count(), await page.locator("ul.lines > li").count());
  });

  test("a wrong question is told beside it, with its place", async () => {
    await page.goto("/search?q=ferry+foo:bar");
    assert.match(await page.getByRole("alert").innerText(), /there is no key foo/);
    assert.equal(await page.locator("input[name=q]").inputValue(), "ferry foo:bar");
  });

  test("no page is empty, and none waits for a script", async () => {
    for (const { path } of samples) {
      await page.goto(path);
      assert.ok((await page.locator("main").innerText()).length > 60, path);
    }
    opened.nothingAmiss();
  });
});

test("what is not there is told as a page that leads back", async () => {
  const { page, close } = await tab(served);
  const answer = await page.goto("/document/none");
  assert.equal(answer.status(), 404);
  assert.match(await page.locator(".problem").innerText(), /no such document/);
  await page.getByRole("link", { name: "To the start" }).click();
  assert.equal(new URL(page.url()).pathname, "/");
  await close();
});
