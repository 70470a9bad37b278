// A case, made of records, and `sayso serve` on it at a free port of this machine.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The program: the one that `SAYSO` names, or else what cargo builds. */
function program() {
  if (process.env.SAYSO) return process.env.SAYSO;
  const build = ["build", "--quiet", "--package", "sayso", "--bin", "sayso", "--message-format", "json"];
  const told = execFileSync("cargo", build, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  const built = told.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  return built.find((one) => one.executable && one.target.name === "sayso").executable;
}

const SAYSO = program();
const TOKEN = "a-token-for-these-tests";

/** Where a server is, the cookie of who may change its case, and how it is stopped. */
export async function serve(records) {
  const folder = mkdtempSync(join(tmpdir(), "sayso-browser-"));
  const [lines, kept] = [join(folder, "texts.jsonl"), join(folder, "case.sayso")];
  writeFileSync(lines, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
  execFileSync(SAYSO, ["add", "--quiet", "--to", kept, lines], { stdio: ["ignore", "inherit", "inherit"] });
  const child = spawn(SAYSO, ["serve", kept, "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, SAYSO_TOKEN: TOKEN },
  });
  const stop = () => {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const address = line.match(/http:\/\/[^/\s]+/)?.[0];
    if (!address) continue;
    const cookie = { name: `sayso-token-${new URL(address).port}`, value: TOKEN, url: address };
    return { address, cookie, stop };
  }
  stop();
  throw new Error("sayso serve ended before it told its address");
}
