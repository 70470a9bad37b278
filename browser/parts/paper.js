// On paper, without motion, in the colours of the system.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { tab } from "../support/browser.js";
import { pageOf, samples, served } from "../support/golden.js";

/** How the three marks are drawn, whatever their colour. */
function marks() {
  const style = (selector) => getComputedStyle(document.querySelector(selector));
  return {
    source: style(".text .s:not(.u)").textDecorationLine + " " + style(".text .s:not(.u)").textDecorationStyle,
    cue: style(".text .q").textDecorationLine + " " + style(".text .q").textDecorationStyle,
    content: parseFloat(style(".text mark:not(.k)").borderInlineStartWidth) >= 1,
  };
}

const DRAWN = { source: "underline solid", cue: "underline dotted", content: true };

describe("in other media", () => {
  let opened;
  let page;
  before(async () => {
    opened = await tab(served);
    page = opened.page;
  });
  after(() => opened.close());

  test("on paper the marks stay, links to pages and boxes to type in go", async () => {
    await page.emulateMedia({ media: "print" });
    await page.goto(pageOf("document"));
    assert.deepEqual(await page.evaluate(marks), DRAWN);
    for (const { path } of samples) {
      await page.goto(path);
      for (const tool of ["header.site nav", "form[role=search]", ".choices", ".facets", ".next", ".skip"]) {
        for (const one of await page.locator(tool).all()) assert.ok(!(await one.isVisible()), `${tool} of ${path}`);
      }
    }
  });

  test("on paper black stands on white, in the dark, too", async () => {
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await page.goto(pageOf("document"));
    const colours = await page.evaluate(() => {
      const of = (selector) => getComputedStyle(document.querySelector(selector));
      return [of("body").color, of(".text mark").color, of(".text mark").backgroundColor, of(".meta").color];
    });
    const light = (colour) => Math.max(...colour.match(/\d+/g).slice(0, 3).map(Number));
    const [ink, marked, behind, quiet] = colours.map(light);
    assert.ok(ink < 60 && marked < 60 && quiet < 120 && behind > 200, colours.join("; "));
  });

  test("nothing moves for who does not want it to", async () => {
    await page.emulateMedia({ media: "screen", colorScheme: "light", reducedMotion: "reduce" });
    await page.goto(pageOf("document"));
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), "auto");
    const moving = await page.evaluate(() => document.getAnimations().length);
    assert.equal(moving, 0);
  });

  test("in the system's colours the marks stay, and the focus shows", async () => {
    await page.emulateMedia({ forcedColors: "active" });
    await page.goto(pageOf("document"));
    assert.deepEqual(await page.evaluate(marks), DRAWN);
    await page.keyboard.press("j");
    const outline = await page.evaluate(() => getComputedStyle(document.querySelector(".rows li.on")).outlineStyle);
    assert.equal(outline, "solid");
    opened.nothingAmiss();
  });
});
