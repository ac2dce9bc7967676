// Failures whose words were seen before are counted as those that were looked up.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { analyse } from "../../server/src/analyse.ts";
import { useOwnRules } from "../../server/src/catalogue/own.ts";
import { readLogs } from "../../server/src/node/tally/readLogs.ts";
import { createReaderHere, createThreads } from "../../server/src/node/tally/threads.ts";
import { heapId } from "../../server/src/report/about.ts";
import { createCollect } from "../../server/src/report/collect.ts";
import { createTally } from "../../server/src/report/sum.ts";
import { wordingOf } from "../../server/src/report/template.ts";
import { folderWith } from "../cli/program.ts";
import { least, readOf } from "../rules/rules.ts";
import { logFolder, logs } from "./support.ts";

const threads = createThreads(2);
after(() => threads.stop());

for (const path of logs) {
  test(`each failure of ${path.slice(logFolder.length + 1)} is counted as what it is, however often it came`, () => {
    const collect = createCollect(createTally(), (text) => text);
    const findings = analyse(readFileSync(path, "utf8"), { fileDate: undefined, certain: true })?.findings ?? [];
    for (const round of [1, 2, 3, 4]) {
      for (const finding of findings) {
        const { delivery } = finding;
        const heap = collect(delivery, "", { file: 0, line: delivery.line, offset: 0, time: undefined });
        assert.equal(heap.about.id, heapId(finding), `round ${round}: ${delivery.words}`);
        if (heap.said.size < 32) assert.ok(heap.said.has(wordingOf(delivery).key), `round ${round}: ${delivery.words}`);
      }
    }
  });
}

test("the same words by other codes, stages and outcomes are other failures", () => {
  const line = (status: string, code: string, command: string) =>
    `Nov 23 18:16:04 mx1 postfix/smtp[904]: 044B211F7: to=<you@cox.net>, relay=cxr.mx.a.cloudfilter.net[192.0.2.9]:25, delay=4, delays=0/0/0/4, dsn=4.0.0, status=${status} (host cxr.mx.a.cloudfilter.net[192.0.2.9] said: ${code} not now (in reply to ${command} command))`;
  const text = ["deferred 450", "bounced 450", "deferred 550", "deferred 421"]
    .flatMap((kind) => ["MAIL FROM", "DATA"].map((command) => line(...(kind.split(" ") as [string, string]), command)))
    .join("\n");
  const findings = analyse(text, { fileDate: undefined, certain: true })?.findings ?? [];
  assert.equal(findings.length, 8);
  const tally = createTally();
  const collect = createCollect(tally, (one) => one);
  for (const { delivery } of [...findings, ...findings, ...findings])
    collect(delivery, "", { file: 0, line: delivery.line, offset: 0, time: undefined });
  const expected = new Map(findings.map((finding) => [heapId(finding), 0]));
  for (const finding of findings) expected.set(heapId(finding), (expected.get(heapId(finding)) ?? 0) + 3);
  assert.deepEqual(new Map([...tally.heaps].map(([id, { count }]) => [id, count])), expected);
});

test("the user's own rules count in other threads too, and no longer once they are gone", async () => {
  const reply = "550 there is no such mailbox at this site";
  const line = `Nov 23 18:16:04 mx1 postfix/smtp[904]: 044B211F7: to=<you@cox.net>, relay=mx.example.net[192.0.2.9]:25, delay=4, delays=0/0/0/4, dsn=5.0.0, status=bounced (host mx.example.net[192.0.2.9] said: ${reply} (in reply to RCPT TO command))\n`;
  const files = folderWith({ "mail.log": line.repeat(50) });
  const kinds = async (readers = threads) =>
    (await readLogs([files.path("mail.log")], { readers, rangeSize: 997 })).tally.groups.map(({ title }) => title);
  try {
    const before = await kinds();
    useOwnRules(readOf([least]).rules);
    assert.deepEqual(await kinds(), [least.title]);
    assert.deepEqual(await kinds(createReaderHere()), [least.title]);
    useOwnRules([]);
    assert.deepEqual(await kinds(), before);
    assert.notDeepEqual(before, [least.title]);
  } finally {
    useOwnRules([]);
    files.remove();
  }
});

test("a log with very many names is counted in bounded memory, and none is lost from the sum", async () => {
  const line = (n: number) =>
    `Nov 23 18:16:04 mx1 postfix/smtp[904]: 044B211F7: to=<you@host${n}.example>, relay=cxr.mx.a.cloudfilter.net[192.0.2.9]:25, delay=4, delays=0/0/0/4, dsn=4.0.0, status=deferred (host cxr.mx.a.cloudfilter.net[192.0.2.9] said: 421 cmsmtp 203.0.${n >> 8}.${n & 255} blocked. AUP#X${n % 600} (in reply to MAIL FROM command))\n`;
  const count = 40_000;
  const files = folderWith({ "mail.log": Array.from({ length: count }, (_, n) => line(n)).join("") });
  try {
    const { tally, counts } = await readLogs([files.path("mail.log")], { readers: threads });
    const heaps = [...counts.heaps.values()];
    const names = heaps.reduce((sum, { domains, sources }) => sum + domains.names.size + sources.names.size, 0);
    assert.ok(names <= 140_000, `${names} names are kept`);
    const all = heaps.reduce(
      (sum, { domains: { names, others } }) => sum + others + [...names.values()].reduce((a, b) => a + b, 0),
      0,
    );
    assert.deepEqual([tally.failures, all], [count, count]);
  } finally {
    files.remove();
  }
});
