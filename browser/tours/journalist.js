// What docs/tour-journalist.md tells, step by step, as somebody does it.
import assert from "node:assert/strict";

const body = (page) => page.locator("main").innerText();

export const tour = {
  page: "tour-journalist.md",
  steps: [
    {
      title: "Open the case",
      async does({ page }) {
        await page.goto("/");
        assert.match(await body(page), /32 documents from \d+ publishers/);
      },
      picture: "start",
    },
    {
      title: "Ask who denies what",
      async does({ page }) {
        await page.fill("main input[type=search]", "act:deny");
        await page.press("main input[type=search]", "Enter");
        await page.waitForURL(/search/);
        assert.match(await body(page), /denied/);
        await page.getByRole("link", { name: /^organization/ }).first().click();
        await page.waitForURL(/kind/);
      },
      picture: "search",
    },
    {
      title: "Read a report with its sources marked",
      async does({ page }) {
        await page.goto("/search?q=show:documents+kirkuk");
        await page.getByRole("link", { name: "Rockets hit fuel depot on edge of Kirkuk" }).first().click();
        await page.waitForURL(/\/document\//);
        await page.keyboard.press("j");
        await page.locator(".rows li.on").waitFor();
        assert.ok((await page.locator(".text .on").count()) > 0);
      },
      picture: "document",
    },
    {
      title: "See why a line is what it is",
      async does({ page }) {
        await page.locator(".rows .aside a", { hasText: "why" }).first().click();
        await page.waitForURL(/\/why\//);
        assert.ok((await page.locator(".steps li").count()) > 0, "steps to its fields");
        assert.ok((await page.locator(".why li, .why dt, .why tr").count()) > 3, "fields with their steps");
      },
    },
    {
      title: "Count origins, not reports",
      async does({ page }) {
        await page.goto("/claims");
        await page.getByRole("link", { name: /Four rockets hit a fuel depot/ }).first().click();
        assert.match(await page.locator("h1").innerText(), /Five reports.*one named origin/s);
        await page.locator("summary", { hasText: "Three copies" }).click();
        assert.match(await body(page), /Tigris Morning/);
      },
      picture: "claim",
    },
    {
      title: "Follow a figure that changes",
      async does({ page }) {
        await page.goto("/search?q=show:documents+landslide");
        await page.getByRole("link", { name: "Landslide toll climbs to seven in Manizales" }).first().click();
        await page.getByRole("link", { name: /of the story|landslide|hillside/i }).first().click();
        await page.waitForURL(/\/story\//);
        assert.match(await body(page), /4 documents/);
      },
      picture: "story",
    },
    {
      title: "See who gets heard",
      async does({ page }) {
        await page.getByRole("link", { name: "Who gets heard in it" }).click();
        assert.match(await body(page), /unnamed|anonymous/i);
      },
      picture: "heard",
    },
    {
      title: "Add a report",
      async does({ page }) {
        await page.goto("/add");
        await page.fill("#title", "Guards at Kirkuk depot had warned of attack");
        await page.fill("#publisher", "Oil Road Weekly");
        await page.fill("#published", "2025-03-05");
        await page.fill(
          "#text",
          "Guards at the fuel depot in Kirkuk had warned of an attack, a police officer said on condition of anonymity. Colonel Dilshad Kareem denied that there had been a warning.",
        );
        await page.getByRole("button", { name: "Look it over" }).click();
        assert.match(await body(page), /nothing of which is in the case yet/);
        await page.getByRole("button", { name: "Add", exact: true }).click();
        await page.locator("h1", { hasText: "in the case" }).waitFor();
        await page.locator("td a").first().click();
        assert.match(await body(page), /Oil Road Weekly/);
      },
    },
    {
      title: "Correct what was read wrongly",
      async does({ page }) {
        await page.locator(".rows .aside a", { hasText: "review" }).first().click();
        await page.waitForURL(/\/review\//);
        await page.selectOption("#f-certainty", "probable");
        await page.fill("#who", "Ada B");
        await page.fill("#why", "a guess of one officer");
        await page.getByRole("button", { name: "Save what was changed" }).click();
        await page.waitForURL(/\/document\//);
        assert.match(await body(page), /Ada B corrected/);
        await page.goto("/journal");
        assert.match(await body(page), /because: a guess of one officer/);
        await page.getByRole("button", { name: /^Undo/ }).first().click();
        assert.match(await body(page), /undid/);
      },
    },
    {
      title: "Take it with you",
      async does({ page, server }) {
        await page.goto("/claims");
        assert.equal(await page.locator("footer a", { hasText: "CSV" }).count(), 1);
        const table = await page.request.get(`${server.address}/claims.csv`);
        assert.match(await table.text(), /^id,/);
      },
    },
  ],
};
