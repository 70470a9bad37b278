// How pages look: in light and dark, on a desk and in the hand, for those who see little or nothing.
import assert from "node:assert/strict";
import { before, after, describe, test } from "node:test";
import axe from "axe-core";
import { tab, tooWide } from "../support/browser.js";
import { samples, served } from "../support/golden.js";

const RULES = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
  // contrast of 7:1, targets of 24 pixels
  rules: { "color-contrast-enhanced": { enabled: true }, "target-size": { enabled: true } },
  resultTypes: ["violations"],
};
/** In the dark nothing but colours is another. */
const COLOURS = { ...RULES, runOnly: { type: "rule", values: ["color-contrast", "color-contrast-enhanced", "link-in-text-block"] } };
const WIDTHS = [1280, 390];
/** Controls, which are at least so high. Links within lines are as high as their line. */
const CONTROLS = "button, input:not([type=checkbox], [type=radio]), select, summary, header.site a, .next a";
const HEIGHT = 32;

/** Violations in words: the rule, what breaks it, and why. */
async function violations(page, rules) {
  const found = await page.evaluate((rules) => window.axe.run(document, rules), rules);
  const told = ({ html, any }) => `${html.slice(0, 160)} ${any[0]?.message ?? ""}`;
  return found.violations.flatMap(({ id, nodes }) => nodes.slice(0, 4).map((node) => `${id}: ${told(node)}`));
}

function tooLow([controls, height]) {
  const seen = [...document.querySelectorAll(controls)].filter((one) => one.checkVisibility() && !one.matches(".skip"));
  return seen.filter((one) => one.getBoundingClientRect().height < height).map((one) => one.outerHTML.slice(0, 160));
}

describe("how pages look", () => {
  let opened;
  before(async () => {
    opened = await tab(served);
    await opened.page.addInitScript(axe.source);
  });
  after(() => opened.close());

  for (const { kind, path } of samples) {
    test(`${kind}: ${path}`, async () => {
      const { page, nothingAmiss } = opened;
      await page.goto(path);
      const found = {};
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        found[`wider than ${width}`] = await page.evaluate(tooWide);
        found[`lower than ${HEIGHT} at ${width}`] = await page.evaluate(tooLow, [CONTROLS, HEIGHT]);
        for (const [colorScheme, rules] of [["light", RULES], ["dark", COLOURS]]) {
          await page.emulateMedia({ colorScheme });
          found[`${colorScheme} at ${width}`] = await violations(page, rules);
        }
      }
      const amiss = Object.entries(found).filter(([, what]) => what.length > 0);
      assert.deepEqual(Object.fromEntries(amiss), {});
      nothingAmiss();
    });
  }

  test("a map begins at the place with most events, in a narrow window, too", async () => {
    const { page } = opened;
    await page.setViewportSize({ width: 390, height: 900 });
    await page.goto(`/map?story=${encodeURIComponent("l:1-1")}`);
    const at = await page.evaluate(() => {
      const { left, width } = document.querySelector('.map a[href="#place-0"]').getBoundingClientRect();
      return left + width / 2;
    });
    assert.ok(Math.abs(at - 195) < 60, `it is at ${at} of 390`);
  });
});
