// `smtp-log-lens explain`: what the catalogue holds about a code, whichever way it is written.
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./program.ts";

async function told(...code: string[]): Promise<string> {
  const { code: exit, stdout, stderr } = await run(["explain", ...code]);
  assert.deepEqual([exit, stderr], [0, ""], code.join(" "));
  return stdout;
}

test("AUP#CXCNCT is told with its claims, sources, dates, grades and the disagreement", async () => {
  const text = await told("AUP#CXCNCT");
  assert.match(text, /^AUP#CXCNCT · Cox\n/);
  assert.match(text, /What the sources say \(they disagree\)/);
  assert.match(text, /It is a limit on connections:/);
  assert.match(text, /It is a throttle by reputation:/);
  assert.match(text, /Spamhaus PBL/);
  assert.match(text, /Cox, Email Error Codes, 2024-06-02, via .*\(the provider's own words\)/);
  assert.match(text, /unblock\.request@cox\.net[\s\S]*unblock@cox\.net/);
});

test("a code is known in any case, with and without AUP#, and by its id", async () => {
  const text = await told("AUP#CXCNCT");
  for (const written of ["aup#cxcnct", "CXCNCT", "cxcnct", "cox/CXCNCT", "COX/cxcnct"])
    assert.equal(await told(written), text);
});

test("a mask names each of its lists with its own removal page, a single one its list alone", async () => {
  const both = await told("AUP#IPBL0011");
  assert.match(both, /^AUP#IPBL0011 · Cox\n/);
  assert.match(
    both,
    /What 0011 stands for\n {2}- Spamhaus ZEN: https:\/\/check\.spamhaus\.org\/\n {2}- Return Path: https:/,
  );
  const one = await told("IPBL0001");
  assert.match(one, /Spamhaus/);
  assert.doesNotMatch(one, /- Return Path:/);
});

test("two codes together are both told, the enhanced one first", async () => {
  for (const args of [["421 4.7.0"], ["421", "4.7.0"]]) {
    const text = await told(...args);
    assert.match(text, /^4\.7\.0 · SMTP standard\n[\s\S]*\n421 · SMTP standard\n/);
  }
});

test("reply codes, enhanced codes and classes of the standard are told", async () => {
  assert.match(await told("550"), /^550 · SMTP standard\n/);
  assert.match(await told("5.1.1"), /^5\.1\.1 · SMTP standard\n[\s\S]*Permanent/);
  assert.match(await told("4xx"), /Temporary/);
});

test("an unknown Cox code is told as one without a published meaning", async () => {
  assert.match(await told("AUP#CXNOSUCH"), /Cox/);
});

test("what is not known is said, with a way on, and ends with exit code 1", async () => {
  for (const code of ["QQQ999ZZZ", "9.9.9", "qq"]) {
    const { code: exit, stdout, stderr } = await run(["explain", code]);
    assert.deepEqual([exit, stdout], [1, ""], code);
    assert.match(stderr, /nothing is known about ".*"\. Paste the whole rejection/);
  }
});

test("a code with escape sequences cannot write to the terminal", async () => {
  const { code, stderr } = await run(["explain", "\u001b[31mX\u0007\u009b2J"]);
  assert.equal(code, 1);
  assert.doesNotMatch(stderr.trimEnd(), /[\p{Cc}\p{Cf}]/u);
});
