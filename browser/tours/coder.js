// What docs/tour-coder.md tells, step by step, as somebody does it.
import assert from "node:assert/strict";

const body = (page) => page.locator("main").innerText();

/** Decides on what is shown, with a key, and waits for the next. */
async function strike(page, key) {
  const before = await page.locator("input[name=target]").first().inputValue();
  await page.keyboard.press(key);
  await page.waitForFunction((was) => document.querySelector("input[name=target]")?.value !== was, before);
}

export const tour = {
  page: "tour-coder.md",
  steps: [
    {
      title: "Open the coding sheet",
      async does({ page }) {
        await page.goto("/");
        await page.getByRole("link", { name: "Coding" }).click();
        await page.getByRole("link", { name: "UCDP GED" }).click();
        assert.match(await body(page), /where_prec/);
        await page.getByRole("link", { name: "ACLED" }).click();
      },
      picture: "coding",
    },
    {
      title: "Choose the events",
      async does({ page }) {
        await page.fill("main input[name=q]", "event:ASSAULT realis:actual");
        assert.ok((await page.locator(".r-denied, .r-supposed").count()) > 0, "all are shown before");
        await page.getByRole("button", { name: "Show" }).click();
        await page.waitForURL(/realis/);
        assert.ok((await page.locator(".r-happened").count()) > 0);
        assert.equal(await page.locator(".r-denied, .r-supposed").count(), 0);
      },
    },
    {
      title: "Go through them with a key each",
      async does({ page }) {
        await page.goto("/review?q=show%3Aevents+reviewed%3Ano+event%3AASSAULT");
        await page.fill("#who", "Ada B");
        await page.press("#who", "Escape");
        await strike(page, "a");
        await strike(page, "a");
        await strike(page, "x");
        await page.keyboard.press("u");
        await page.locator(".journal", { hasText: "undid" }).waitFor();
        await page.keyboard.press("e");
        assert.equal(await page.evaluate(() => document.activeElement.id), "f-trigger");
        await page.keyboard.press("Escape");
      },
      picture: "review",
    },
    {
      title: "Let a second coder look",
      async does({ page }) {
        await page.goto("/review?q=show%3Aevents+reviewed%3Ano+event%3AASSAULT");
        await page.fill("#who", "Ben C");
        await page.press("#who", "Escape");
        await strike(page, "a");
        await page.goto("/review?second=1");
        assert.match(await body(page), /2 items to look at anew/);
        await strike(page, "a");
        await page.locator("#f-realis").selectOption("planned");
        await page.getByRole("button", { name: "Save what was changed" }).click();
        await page.getByText("Nothing that others decided on is left for Ben C").waitFor();
      },
    },
    {
      title: "See how far you agree",
      async does({ page }) {
        await page.goto("/coding/agreement");
        assert.match(await body(page), /Ada B/);
        assert.match(await body(page), /Ben C/);
      },
      picture: "agreement",
    },
    {
      title: "Say what belongs together",
      async does({ page }) {
        await page.goto("/claims");
        await page.locator(".lines.claims a").first().click();
        await page.getByRole("link", { name: "rename" }).first().click();
        await page.fill("#name-b", "A name of ours");
        await page.fill("#name-why", "as our handbook has it");
        await page.locator("#name-who").fill("Ada B");
        await page.locator("form:has(#name-b) button").click();
        await page.waitForURL(/\/claim\//);
        assert.match(await body(page), /shown as A name of ours/);
        await page.goto("/relate");
        await page.getByRole("button", { name: /^Undo/ }).first().click();
        assert.match(await body(page), /undid/);
      },
    },
    {
      title: "Look at the errors",
      async does({ page }) {
        await page.goto("/errors");
        assert.match(await body(page), /looked at/);
      },
    },
    {
      title: "See where",
      async does({ page }) {
        await page.goto("/map?q=event%3AASSAULT");
        assert.ok((await page.locator("svg").count()) > 0);
      },
      picture: "map",
    },
    {
      title: "Take the table",
      async does({ page, server }) {
        const table = await page.request.get(`${server.address}/coding.csv?profile=acled`);
        assert.match(await table.text(), /event_date/);
      },
    },
  ],
};
