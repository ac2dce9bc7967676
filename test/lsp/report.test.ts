// The report of whole logs, over a pipe: counted from disk and from documents, told as a page and as files.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import {
  type ChosenFailures,
  type FailuresText,
  failuresScheme,
  readFailuresUri,
} from "../../server/src/failuresProtocol.ts";
import { type LogRefusal, logMethods, type ReportPage } from "../../server/src/logProtocol.ts";
import { postfixLog } from "../bench/log.ts";
import { startServer, type TestServer } from "../support/server.ts";

let server: TestServer;
let folder: string;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "sll-report-"));
  server = await startServer({ panel: true });
});
after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

function onDisk(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content);
  return pathToFileURL(join(folder, name)).href;
}

async function reportOf(...uris: string[]): Promise<ReportPage> {
  const answer = await server.connection.sendRequest<ReportPage | LogRefusal>(logMethods.report, { uris });
  assert.ok("files" in answer, JSON.stringify(answer));
  return answer;
}

const log = postfixLog({ bytes: 500_000, failures: 0.05 });
const rows = log.split("\n");
const failing = rows.filter((row) => /status=(?:deferred|bounced)/.test(row));

/** What does not depend on where the log was read from. */
function counts({ failures, providers, times }: ReportPage): unknown {
  const codes = providers.flatMap(({ name, codes }) =>
    codes.map(({ label, count, first, last }) => [name, label, count, first.line, last.line]),
  );
  return { failures, codes, times: times?.counts };
}

test("a log on disk, the same packed, and the same as a document without a file have the same counts", async () => {
  const plain = await reportOf(onDisk("mail.log", log));
  assert.equal(plain.failures, failing.length);
  assert.equal(plain.files[0]?.name, "mail.log");
  const packed = await reportOf(onDisk("packed.log.gz", gzipSync(log)));
  assert.deepEqual(counts(packed), counts(plain));
  await server.open({ uri: "untitled:Untitled-1", text: log });
  const open = await reportOf("untitled:Untitled-1");
  assert.deepEqual(
    [open.failures, open.providers.map(({ count }) => count)],
    [plain.failures, plain.providers.map(({ count }) => count)],
  );
});

test("every place of a report is a line with that failure, the steps of time add up to all failures", async () => {
  const { providers, times, templates } = await reportOf(onDisk("places.log", log));
  for (const { label, first, last } of providers.flatMap(({ codes }) => codes))
    for (const { line } of [first, last])
      for (const part of label.split(" ")) assert.ok(rows[line]?.includes(part), `${label} on line ${line}`);
  assert.ok(times !== undefined);
  const sum = Object.values(times.counts)
    .flat()
    .reduce((all, count) => all + count, 0);
  assert.equal(sum, failing.length);
  for (const [index, place] of times.places.entries()) {
    if (place === undefined) continue;
    const minute = Date.parse(`${place.time?.slice(0, 16)}:00Z`);
    const begins = times.start + index * times.step;
    assert.ok(minute >= begins && minute < begins + times.step, `the first of step ${index} was in it`);
  }
  assert.ok(templates.length > 0 && templates.every(({ text }) => !text.includes("user1@")));
});

test("the files of a rotation are found beside a log and counted in order of time, packed ones too", async () => {
  const sub = mkdtempSync(join(folder, "rotated-"));
  const third = Math.floor(rows.length / 3);
  const parts = [rows.slice(0, third), rows.slice(third, 2 * third), rows.slice(2 * third)].map((part) =>
    part.join("\n"),
  );
  writeFileSync(join(sub, "mail.log.2.gz"), gzipSync(`${parts[0]}\n`));
  writeFileSync(join(sub, "mail.log.1"), `${parts[1]}\n`);
  writeFileSync(join(sub, "mail.log"), parts[2] ?? "");
  const uri = pathToFileURL(join(sub, "mail.log")).href;
  const rotation = await server.connection.sendRequest<string[]>(logMethods.rotation, { uri });
  const { files, failures } = await reportOf(...rotation);
  assert.deepEqual(
    files.map(({ name }) => name),
    ["mail.log.2.gz", "mail.log.1", "mail.log"],
  );
  assert.equal(failures, failing.length);
});

test("the same report is had as CSV, NDJSON, SARIF and Markdown", async () => {
  const uris = [onDisk("forms.log", log)];
  const { providers } = await reportOf(...uris);
  const codes = providers.flatMap((provider) => provider.codes);
  const form = (name: string) => server.connection.sendRequest<string>(logMethods.export, { uris, form: name });
  assert.equal((await form("csv")).trimEnd().split("\r\n").length, codes.length + 1);
  assert.deepEqual(
    (await form("ndjson"))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).count)
      .sort(),
    codes.map(({ count }) => count).sort(),
  );
  assert.equal(JSON.parse(await form("sarif")).runs[0].results.length, codes.length);
  assert.match(await form("markdown"), /^# Mail failures/);
});

test("a log that cannot be read is told in its place, and the others count", async () => {
  const missing = pathToFileURL(join(folder, "missing.log")).href;
  const { files, failures } = await reportOf(onDisk("there.log", log), missing);
  assert.equal(failures, failing.length);
  assert.match(files.find(({ fault }) => fault)?.about ?? "", /does not exist/);
});

/** The lines of the log that a choice finds. */
async function chosenLines(uris: readonly string[], tests: Partial<ChosenFailures>): Promise<FailuresText> {
  const params = { uri: uris[0], order: "log", chosen: { uris, name: "some", ...tests } };
  const found = await server.connection.sendRequest<FailuresText | LogRefusal>(logMethods.failures, params);
  assert.ok("text" in found, JSON.stringify(found));
  return found;
}

/** How many lines of logs, not of ours. */
function many({ lines }: FailuresText): number {
  return lines.filter((line) => line >= 0).length;
}

test("every number of a report has as many lines as it says, each one of them a failure of that kind", async () => {
  const uris = [onDisk("numbers.log", log)];
  const { providers, templates, times } = await reportOf(...uris);
  assert.equal(many(await chosenLines(uris, {})), failing.length);
  for (const { name, count, codes } of providers) {
    assert.equal(many(await chosenLines(uris, { provider: name })), count, name);
    for (const { id: group, count, kind, label, domains, sources } of codes) {
      const found = await chosenLines(uris, { group });
      assert.equal(many(found), count, label);
      assert.equal(many(await chosenLines(uris, { group, kind })), count, kind);
      for (const [row, line] of found.lines.entries())
        if (line >= 0) assert.equal(found.text.split("\n")[row], rows[line]);
      for (const [domain, count] of domains.named)
        assert.equal(many(await chosenLines(uris, { group, domain })), count, domain);
      for (const [source, count] of sources.named)
        assert.equal(many(await chosenLines(uris, { group, source })), count, source);
    }
  }
  for (const { text: wording, count, provider, code } of templates) {
    const group = providers[provider]?.codes[code]?.id ?? "";
    assert.equal(many(await chosenLines(uris, { wording, group })), count, wording);
  }
  const { start, step, counts } = times ?? assert.fail("no times");
  for (const [index, count] of counts.permanent.entries()) {
    const from = start + index * step;
    assert.equal(
      many(await chosenLines(uris, { kind: "permanent", from, until: from + step })),
      count,
      `step ${index}`,
    );
  }
});

test("the lines of a number stand under their logs, packed ones too, and a log that is gone is told", async () => {
  const sub = mkdtempSync(join(folder, "chosen-"));
  writeFileSync(join(sub, "mail.log.1.gz"), gzipSync(log));
  writeFileSync(join(sub, "mail.log"), log);
  const uris = ["mail.log.1.gz", "mail.log", "none.log"].map((name) => pathToFileURL(join(sub, name)).href);
  const found = await chosenLines(uris, {});
  assert.equal(many(found), 2 * failing.length);
  assert.deepEqual(
    found.text.split("\n").filter((row) => row.startsWith("# ")),
    [
      `# some: ${2 * failing.length} lines of 3 logs.`,
      `# mail.log.1.gz: ${failing.length} lines`,
      `# mail.log: ${failing.length} lines`,
      "# none.log was not read, or not to its end: it does not exist any more",
    ],
  );
  assert.deepEqual(new Set(found.files), new Set([0, 1, 2]));
});

test("what a number stands for keeps its address", () => {
  const chosen = { uris: ["file:///a.log"], name: "Cox, to cox.net", domain: "cox.net", from: 0, until: 60_000 };
  const query = encodeURIComponent(JSON.stringify({ log: "file:///a.log", order: "log", chosen }));
  assert.deepEqual(readFailuresUri(`${failuresScheme}:/x?${query}`), { uri: "file:///a.log", order: "log", chosen });
});
