// What all known logs hold, by code, over a pipe: open documents and logs on disk together.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { failuresScheme } from "../../server/src/failuresProtocol.ts";
import { type FailureCode, logMethods, type Occurrence, type ReportPage } from "../../server/src/logProtocol.ts";
import { startServer, type TestServer } from "../support/server.ts";

let server: TestServer;
let folder: string;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "sll-overview-"));
  server = await startServer({ panel: true });
});
after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const tooMany =
  "2024-06-03T10:02:07+00:00 mx1 postfix/smtp[1000]: 4VtCqB1abcz9: to=<pat@cox.net>, relay=cxr.mx.a.cloudfilter.net[192.0.2.8]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.0.0, status=deferred (host cxr.mx.a.cloudfilter.net[192.0.2.8] refused to talk to me: 421 cmsmtp 203.0.113.7 blocked. AUP#CXCNCT)";
const later = tooMany.replace("10:02:07", "11:30:00");
const listed = tooMany.replace("421", "554").replace("CXCNCT", "IPBL0001").replace("deferred", "bounced");

test("open logs and logs on disk are counted together, a text of failing lines is not counted again", async () => {
  const path = join(folder, "mail.log.1");
  writeFileSync(path, `${later}\n${listed}\n`);
  const disk = pathToFileURL(path).href;
  const open = "file:///var/log/mail.log";
  await server.open({ uri: open, text: `${tooMany}\n` });
  await server.connection.sendRequest(logMethods.scan, { uri: disk, certain: true });
  const query = encodeURIComponent(JSON.stringify({ log: open, order: "log" }));
  await server.open({ uri: `${failuresScheme}:/x?${query}`, text: `${tooMany}\n` });

  const codes = await server.connection.sendRequest<FailureCode[]>(logMethods.codes);
  assert.deepEqual(
    codes.map(({ code, count, kind, first, last }) => [code, count, kind, first, last]),
    [
      ["AUP#CXCNCT", 2, "temporary", "2024-06-03T10:02:07+00:00", "2024-06-03T11:30:00+00:00"],
      ["AUP#IPBL0001", 1, "permanent", "2024-06-03T10:02:07+00:00", "2024-06-03T10:02:07+00:00"],
    ],
  );
  assert.deepEqual(
    codes.map(({ provider }) => provider),
    ["Cox", "Cox"],
  );
  const places = await server.connection.sendRequest<Occurrence[]>(logMethods.occurrences, { page: codes[0]?.page });
  assert.deepEqual(
    places.map(({ uri, line, start, end }) => [uri, line, tooMany.slice(start, end)]).sort(),
    [
      [disk, 0, "AUP#CXCNCT"],
      [open, 0, "AUP#CXCNCT"],
    ].sort(),
  );
});

test("a common wording counts for each provider that used it, as in the report", async () => {
  const full = (host: string, id: string) =>
    `2024-06-03T12:00:0${id}+00:00 mx1 postfix/smtp[1000]: 4VtCqB${id}abcz9: to=<pat@example.net>, relay=${host}[192.0.2.8]:25, delay=1, delays=0/0/0.5/0.5, dsn=5.2.2, status=bounced (host ${host}[192.0.2.8] said: 552 5.2.2 mailbox is full (in reply to RCPT TO command))`;
  const text = [full("mx1.qq.com", "1"), full("mx.example.net", "2"), full("mx1.qq.com", "3")].join("\n");
  const uri = "file:///var/log/full.log";
  await server.open({ uri, text: `${text}\n` });
  const codes = await server.connection.sendRequest<FailureCode[]>(logMethods.codes);
  const report = await server.connection.sendRequest<ReportPage>(logMethods.report, { uris: [onDisk(`${text}\n`)] });
  const reported = report.providers.map(({ name, count }) => `${name} ${count}`);
  assert.equal(reported.length, 2);
  for (const line of reported) {
    const code = codes.find(({ provider, count }) => `${provider} ${count}` === line) ?? assert.fail(line);
    const params = { page: code.page, provider: code.provider };
    const places = await server.connection.sendRequest<Occurrence[]>(logMethods.occurrences, params);
    assert.equal(places.length, code.count);
  }
});

function onDisk(text: string): string {
  const path = join(folder, "full.log");
  writeFileSync(path, text);
  return pathToFileURL(path).href;
}
