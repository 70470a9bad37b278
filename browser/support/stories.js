// The texts of golden/stories as records that `sayso add` takes.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./served.js";

export function stories() {
  const told = execFileSync("python3", [join(ROOT, "golden", "stories.py")], { encoding: "utf8" });
  return told.trim().split("\n").map((line) => JSON.parse(line));
}
