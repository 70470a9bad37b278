// With the keyboard alone, and with script: a row of the list and its words in the text are joined.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { tab } from "../support/browser.js";
import { pageOf, served } from "../support/golden.js";

/** What has the focus: its words, and whether a line around it shows. */
function focused() {
  const one = document.activeElement;
  const lined = [null, "::after"].map((part) => getComputedStyle(one, part));
  const isLined = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const box = one.getBoundingClientRect();
  return {
    words: (one.getAttribute("aria-label") ?? one.innerText ?? "").trim() || one.name,
    isLined: lined.some(isLined),
    isSeen: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight,
  };
}

/** What is lit: rows of the list, and words of the text. */
const lit = () => ({
  rows: [...document.querySelectorAll(".rows > li.on")].map((row) => row.id),
  words: [...new Set([...document.querySelectorAll(".text :not(li).on")].map((mark) => mark.dataset.a))],
});

describe("with the keyboard alone", () => {
  let opened;
  let page;
  before(async () => {
    opened = await tab(served, { viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    page = opened.page;
  });
  after(() => opened.close());

  /** Presses the tab key until it comes to something, and says what it passed. */
  async function tabTo(words, most = 40) {
    const passed = [];
    while (passed.length < most) {
      await page.keyboard.press("Tab");
      const now = await page.evaluate(focused);
      assert.ok(now.isLined && now.isSeen, `the focus on "${now.words}" shows`);
      if (now.words.includes(words)) return passed;
      passed.push(now.words);
    }
    return assert.fail(`no way to ${words}: ${passed.join(", ")}`);
  }

  test("the first stop leads past the links", async () => {
    await page.goto("/claims");
    assert.deepEqual(await tabTo("To the page"), []);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement.closest("main")));
  });

  test("the pages stand before the search box, and all have a visible focus", async () => {
    await page.goto("/claims");
    await tabTo("To the page");
    assert.deepEqual((await tabTo("search")).slice(1, 4), ["Search", "Stories", "Claims"]);
    await page.keyboard.type("depot show:statements");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/search\?q=depot/);
    assert.ok(await page.locator("ul.lines > li").count());
  });

  test("every stop of a document's page shows that it has the focus", async () => {
    await page.goto(pageOf("document"));
    await tabTo("JSON", 200);
  });

  test("j and k walk through the rows, each joined with its words", async () => {
    await page.goto(pageOf("document"));
    const rows = await page.locator(".rows > li").evaluateAll((all) => all.map((row) => row.id));
    assert.ok(rows.length > 3);
    for (const [key, row] of [["j", 0], ["j", 1], ["j", 2], ["k", 1]]) {
      await page.keyboard.press(key);
      assert.deepEqual(await page.evaluate(lit), { rows: [rows[row]], words: [rows[row]] }, `${key} to row ${row}`);
      assert.ok((await page.evaluate(focused)).isLined);
    }
    await page.keyboard.press("Enter");
    assert.equal(new URL(page.url()).hash, `#${rows[1]}w`, "a row leads to its words");
  });

  test("? opens why a row is what it is", async () => {
    await page.goto(pageOf("document"));
    await page.keyboard.press("j");
    await page.keyboard.press("?");
    await page.waitForURL(/\/why\/a\d+\//);
  });

  test("letters that are typed into the search box stay there", async () => {
    await page.goto(pageOf("document"));
    await page.locator("header input").focus();
    await page.keyboard.type("jk?");
    assert.equal(await page.locator("header input").inputValue(), "jk?");
    assert.deepEqual(await page.evaluate(lit), { rows: [], words: [] });
  });

  test("the pointer joins a row and its words, too", async () => {
    await page.goto(pageOf("document"));
    const cue = page.locator(".text .q[data-a]").first();
    await cue.hover();
    const name = await cue.getAttribute("data-a");
    assert.deepEqual(await page.evaluate(lit), { rows: [name], words: [name] });
    opened.nothingAmiss();
  });
});
