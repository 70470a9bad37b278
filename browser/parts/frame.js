// What every page is made of.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { KINDS, kindOf } from "../kinds.js";
import { data, kinds, served } from "../support/golden.js";

/** What a first page may weigh. */
const MOST = 100_000;

const count = (html, pattern) => [...html.matchAll(pattern)].length;

describe("links from the start", () => {
  test("lead to every kind of page", () => {
    const missed = KINDS.map((kind) => kind.name).filter((name) => !kinds.has(name));
    assert.deepEqual(missed, []);
  });

  test("lead nowhere else", () => {
    const astray = [...kinds.values()].flat().filter((page) => page.status !== 200);
    assert.deepEqual(astray.map((page) => `${page.status} ${page.path}`), []);
  });

  test("lead to the data of every page", async () => {
    assert.ok(data.length > KINDS.length);
    for (const path of data) {
      const answer = await fetch(served.address + path);
      assert.equal(answer.status, 200, path);
      const told = await answer.text();
      if (path.includes(".json")) JSON.parse(told);
      else assert.match(answer.headers.get("content-type"), /^text\/csv/, path);
    }
  });
});

for (const [kind, pages] of kinds) {
  test(`${kind}: a title, a language, one heading, one main part, a way past the links, under 100 kB`, () => {
    for (const { path, html, bytes } of pages) {
      assert.match(html, /<title>[^<]+ · case\.sayso · sayso<\/title>/, path);
      assert.match(html, /<html lang="en">/, path);
      assert.equal(count(html, /<h1\b/g), 1, `headings of ${path}`);
      assert.equal(count(html, /<main\b/g), 1, `main parts of ${path}`);
      assert.match(html, /<body[^>]*><a class="skip" href="#main">/, path);
      assert.ok(bytes < MOST, `${path}: ${bytes} bytes`);
      assert.equal(kindOf(path), kind);
    }
  });
}
