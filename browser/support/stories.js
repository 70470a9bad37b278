// The texts of golden/stories as records that `sayso add` takes.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./served.js";

const FOLDER = join(ROOT, "golden", "stories");

export function stories() {
  const names = readdirSync(FOLDER).filter((name) => /^\d+-\d+-.*\.md$/.test(name));
  return names.sort().map((name) => record(readFileSync(join(FOLDER, name), "utf8")));
}

/** Lines of `key: value` between two rules, then the text. */
function record(whole) {
  const [, head, text] = whole.match(/^---\n([^]*?)\n---\n([^]*)$/);
  const pairs = head.split("\n").map((line) => line.match(/^(\w+): "?(.*?)"?$/).slice(1));
  return { ...Object.fromEntries(pairs), text: text.trim() };
}
