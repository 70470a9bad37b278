// The tours of the docs, on cases of their own. SAYSO_PICTURES=1 takes their pictures anew.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { tab } from "../support/browser.js";
import { ROOT, serve } from "../support/served.js";
import { stories } from "../support/stories.js";
import { tour as coder } from "../tours/coder.js";
import { tour as journalist } from "../tours/journalist.js";

const DOCS = join(ROOT, "docs");
const SEEN = { width: 1120, height: 760 };

for (const tour of [journalist, coder]) {
  describe(`docs/${tour.page}`, () => {
    const told = readFileSync(join(DOCS, tour.page), "utf8");

    test("tells the steps in order, and shows their pictures", () => {
      const heads = [...told.matchAll(/^## \d+\. (.+)$/gm)].map(([, head]) => head);
      assert.deepEqual(heads, tour.steps.map((step) => step.title));
      const shown = [...told.matchAll(/\]\(pictures\/(\w+)\.png\)/g)].map(([, name]) => name);
      assert.deepEqual(shown, tour.steps.map((step) => step.picture).filter(Boolean));
      for (const name of shown) readFileSync(join(DOCS, "pictures", `${name}.png`));
    });

    test("can be followed", async (t) => {
      const server = await serve(stories());
      const { page, nothingAmiss, close } = await tab(server, { viewport: SEEN });
      try {
        for (const step of tour.steps) {
          await t.test(step.title, async () => {
            await step.does({ page, server });
            nothingAmiss();
            if (step.picture && process.env.SAYSO_PICTURES) {
              await page.evaluate(() => scrollTo(0, 0));
              await page.screenshot({ path: join(DOCS, "pictures", `${step.picture}.png`) });
            }
          });
        }
      } finally {
        await close();
        server.stop();
      }
    });
  });
}
