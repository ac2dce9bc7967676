// `npm start` without a window: it serves VS Code with the sample log and takes everything back on Ctrl+C.
import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { plainEnvironment } from "./homes/machine.ts";
import { startProgram } from "./lifetime.ts";
import { sampleName } from "./sample.ts";

const start = fileURLToPath(new URL("start.ts", import.meta.url));

test("npm start serves the sample log in VS Code and Ctrl+C leaves nothing behind", { timeout: 300_000 }, async () => {
  const child = startProgram(process.execPath, [start, "--browser"], {
    env: plainEnvironment(),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const url = await firstUrl(child.stdout);
  const page = await fetch(url);
  assert.equal(page.status, 200);
  const folder = new URL(page.url).searchParams.get("folder");
  assert.ok(folder, "the page does not open the folder of the sample log");
  assert.deepEqual(readdirSync(folder), [sampleName]);

  child.kill("SIGINT");
  assert.deepEqual(await ended, [0, null]);
  assert.equal(existsSync(folder), false);
  await assert.rejects(fetch(url), "VS Code still answers");
});

async function firstUrl(output: NodeJS.ReadableStream | null): Promise<string> {
  let words = "";
  for await (const piece of output ?? []) {
    words += piece;
    const url = /http:\/\/\S+\n/.exec(words)?.[0];
    if (url !== undefined) return url.trim();
  }
  throw new Error(`npm start printed no address:\n${words}`);
}
