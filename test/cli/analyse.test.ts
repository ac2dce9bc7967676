// `smtp-log-lens analyse`: findings as records and as a summary, whatever the files are.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { entryById } from "../../server/src/catalogue/data.ts";
import { annotatedLog } from "../log/support/annotated.ts";
import { realLog, realLogs, truthOf } from "../log/support/truth.ts";
import { folderWith, run, start } from "./program.ts";

const relay = "cxr.mx.a.cloudfilter.net";
const cox = `Nov 23 18:16:04 mx1 postfix/smtp[904]: 044B211F7: to=<you@cox.net>, relay=${relay}[192.0.2.9]:25, delay=0.1, delays=0/0/0.1/0, dsn=4.0.0, status=deferred (host ${relay}[192.0.2.9] refused to talk to me: 421 cmsmtp 81.2.69.160 blocked. AUP#CXCNCT)`;
const sent =
  "Nov 23 18:16:05 mx1 postfix/smtp[904]: 044B211F8: to=<a@example.net>, relay=mx.example.net[192.0.2.9]:25, delay=0.1, delays=0/0/0.1/0, dsn=2.0.0, status=sent (250 2.0.0 Ok)";
const cron = "Nov 23 18:16:03 web1 cron[907]: (root) CMD (run-parts /etc/cron.hourly)";
const escapes = "\u001b[31m\u001b]0;owned\u0007\u009b2J\u202etxt\u200b\u007f\u0000";

const logs = folderWith({
  "mail.log": `${sent}\n${cox}\n${sent}\n`,
  "crlf.log": `${sent}\r\n${cox}\r\n`,
  "open-end.log": `${sent}\n${cox}`,
  "empty.log": "",
  "mail.log.1.gz": gzipSync(`${cox}\n`),
  "binary.bin": Buffer.from(Array.from({ length: 70_000 }, (_, at) => (at * 7 + (at >> 3)) % 256)),
  "access.log": `${cron}\n`.repeat(300),
  "invalid.log": Buffer.concat([Buffer.from([0xff, 0xfe, 0x80, 10]), Buffer.from(`${cox}\n`)]),
  "nasty.log": `${cox.replace("AUP#CXCNCT", `550 ${escapes} [[IP01${escapes}] AUP#CXCNCT${escapes}`)}\n`,
  "many.log": `${cox}\n`.repeat(20_000),
});
after(() => logs.remove());

const mails = folderWith(
  Object.fromEntries(
    ["qmail", "quoted-printable", "complaint", "vacation", "forwarded"].map((name) => [
      `${name}.eml`,
      annotatedLog(`mail/${name}.eml`).text,
    ]),
  ),
);
const from = "From MAILER-DAEMON Mon Nov 23 18:16:04 2026\n";
const folder = folderWith({
  "bounces.mbox": ["qmail", "complaint", "vacation", "complaint", "gmail"]
    .map((name) => `${from}${annotatedLog(`mail/${name}.eml`).text}\n`)
    .join(""),
  "large.mbox": `${from}${annotatedLog("mail/qmail.eml").text}\n`.repeat(6_000),
});
after(() => mails.remove());
after(() => folder.remove());

test("a saved mail is analysed: one record for each recipient, on the line that says why", async () => {
  const found = await analysed(mails.path("qmail.eml"));
  assert.deepEqual(
    found.map(({ line, reply, enhanced, recipient }) => [line, reply, enhanced, recipient]),
    [
      [16, 550, "5.1.1", "pat@example.net"],
      [20, null, "5.1.1", "lee@example.com"],
      [23, null, "5.1.2", "sam@nowhere.example"],
    ],
  );
  const [broken, ...more] = await analysed(mails.path("quoted-printable.eml"));
  assert.deepEqual([broken?.reply, broken?.recipient, more], [550, "pat@example.net", []]);
  const [forwarded] = await analysed(mails.path("forwarded.eml"));
  assert.equal(forwarded?.recipient, "lee@example.com");
});

test("complaints and automatic answers are told as what they are, without a failure", async () => {
  assert.match(
    (await run(["analyse", mails.path("complaint.eml")])).stdout,
    /complaint\.eml: bounce, 0 failures of 0 kinds; 1 complaint\n/,
  );
  assert.match(
    (await run(["analyse", mails.path("vacation.eml")])).stdout,
    /0 failures of 0 kinds; 1 automatic answer\n/,
  );
  const { stdout } = await run(["analyse", folder.path("bounces.mbox")]);
  assert.match(stdout, /bounces\.mbox: bounce, 4 failures of \d kinds; 2 complaints, 1 automatic answer\n/);
});

test("a folder of thousands of mails is streamed to its last message", async () => {
  const found = await analysed(folder.path("large.mbox"));
  assert.equal(found.length, 18_000);
});

type Found = Readonly<Record<string, unknown>>;

function records(stdout: string): Found[] {
  const lines = stdout.split("\n");
  assert.equal(lines.pop(), "", "each record ends its line");
  return lines.map((line) => JSON.parse(line) as Found);
}

async function analysed(...args: string[]): Promise<Found[]> {
  const { code, stdout, stderr } = await run(["analyse", ...args, "--ndjson"]);
  assert.equal(stderr, "");
  assert.equal(code, 0);
  return records(stdout);
}

const kinds: Readonly<Record<string, readonly string[]>> = {
  ...{ file: ["string"], line: ["number"], start: ["number"], end: ["number"], reply: ["number", "null"] },
  ...{ enhanced: ["string", "null"], token: ["string", "null"], entry: ["string"], provider: ["string", "null"] },
  ...{ reason: ["string"], permanent: ["boolean"], direction: ["string"], queueId: ["string", "null"] },
  ...{ relay: ["string", "null"], recipient: ["string", "null"], sender: ["string", "null"] },
  ...{ sourceIp: ["string", "null"], time: ["string", "null"], title: ["string"] },
};

function kindOf(value: unknown): string {
  return value === null ? "null" : typeof value;
}

test("a record has every promised key, in the promised order, and says what the line shows", async () => {
  const [record, ...more] = await analysed(logs.path("mail.log"));
  assert.deepEqual(more, []);
  const time = String(record?.time);
  assert.match(time, /^\d{4}-11-23T18:16:04$/);
  assert.deepEqual(
    Object.entries(record ?? {}),
    Object.entries({
      ...{ file: logs.path("mail.log"), line: 2, start: cox.indexOf("AUP#"), end: cox.indexOf("AUP#") + 10 },
      ...{
        reply: 421,
        enhanced: null,
        token: "AUP#CXCNCT",
        entry: "cox/CXCNCT",
        provider: "cox",
        reason: "toomanyconn",
      },
      ...{ permanent: false, direction: "they-refused-us", queueId: "044B211F7", relay, recipient: "you@cox.net" },
      ...{ sender: null, sourceIp: "81.2.69.160", time, title: entryById("cox/CXCNCT")?.entry.title },
    }),
  );
});

test("in all real logs each record has the promised types, and its columns cover its token or code", async () => {
  const paths = realLogs.map((name) => fileURLToPath(new URL(`../logs/real/${name}`, import.meta.url)));
  const found = await analysed(...paths);
  for (const [index, name] of realLogs.entries()) {
    const lines = realLog(name).split("\n");
    const own = found.filter(({ file }) => file === paths[index]);
    assert.ok(own.length >= truthOf(name).length, `${name}: ${own.length} records`);
    for (const record of own) assertRecord(record, lines);
  }
});

function assertRecord(record: Found, lines: readonly string[]): void {
  assert.deepEqual(Object.keys(record), Object.keys(kinds));
  for (const [key, value] of Object.entries(record))
    assert.ok(kinds[key]?.includes(kindOf(value)), `${key} is ${kindOf(value)}`);
  const line = lines[Number(record.line) - 1] ?? "";
  const stretch = line.slice(Number(record.start), Number(record.end));
  assert.notEqual(stretch, "", line);
  if (record.token !== null) assert.equal(stretch, record.token, line);
  else if (record.reply !== null) assert.ok(stretch.includes(String(record.reply)), line);
  assert.ok(entryById(String(record.entry)) !== undefined, `${record.entry} is in the catalogue`);
  assert.ok(record.time === null || !Number.isNaN(Date.parse(String(record.time))), String(record.time));
}

test("the summary names format, kinds, counts and lines", async () => {
  const { code, stdout } = await run(["analyse", logs.path("many.log")]);
  assert.equal(code, 0);
  assert.match(stdout, /many\.log: postfix, 20,000 failures of 1 kind\n/);
  assert.match(stdout, /20000 {2}temporary {2}AUP#CXCNCT .*\(Cox; lines 1–20000\)/);
});

test("standard input is read like a file, also with CRLF and without a last line end", async () => {
  const expected = (await analysed(logs.path("mail.log"))).map(({ line, token, start }) => ({ line, token, start }));
  for (const text of [`${sent}\n${cox}\n`, `${sent}\r\n${cox}\r\n`, `${sent}\n${cox}`]) {
    const { code, stdout } = await run(["analyse", "-", "--ndjson"], text);
    assert.equal(code, 0);
    const found = records(stdout);
    assert.deepEqual(
      found.map(({ line, token, start }) => ({ line, token, start })),
      expected,
    );
    assert.equal(found[0]?.file, "-");
  }
  for (const name of ["crlf.log", "open-end.log"])
    assert.deepEqual(
      (await analysed(logs.path(name))).map(({ line, token, start }) => ({ line, token, start })),
      expected,
    );
});

test("a pipe that begins with another program's lines is still known by what follows", async () => {
  const { child, ended } = start(["analyse", "-"]);
  child.stdin.write(`${cron}\n`);
  await new Promise((resolve) => setTimeout(resolve, 200));
  child.stdin.end(`${sent}\n${cox}\n`);
  assert.match((await ended).stdout, /^standard input: postfix, 1 failure of 1 kind\n/);
});

test("a pipe that a mail server keeps writing to is told line by line, not at its end", async () => {
  const { child, printed, ended } = start(["analyse", "-", "--ndjson"]);
  child.stdin.write(`${sent}\n${cox}\n`);
  await printed(/"line":2,/);
  child.stdin.write(`${sent}\n${cox.slice(0, 100)}`);
  child.stdin.write(`${cox.slice(100)}\n`);
  await printed(/"line":4,/);
  child.stdin.end();
  assert.equal((await ended).code, 0);
});

test("a missing file is named, the others are done, and the exit code says so", async () => {
  const files = [logs.path("mail.log"), logs.path("gone.log"), logs.path("open-end.log")];
  const { code, stdout, stderr } = await run(["analyse", ...files, "--ndjson"]);
  assert.equal(code, 1);
  assert.deepEqual(
    records(stdout).map(({ file }) => file),
    [files[0], files[2]],
  );
  assert.equal(stderr, `smtp-log-lens: ${files[1]} does not exist.\n`);
});

test("a directory is refused with what to do", async () => {
  const { code, stdout, stderr } = await run(["analyse", logs.path()]);
  assert.deepEqual([code, stdout], [1, ""]);
  assert.match(stderr, /could not be read: it is a directory\. Name the log files in it\.\n$/);
});

test("a compressed log is refused with how to unpack it, from a file and from a pipe", async () => {
  const packed = gzipSync(`${cox}\n`);
  for (const [args, input] of [
    [logs.path("mail.log.1.gz"), ""],
    ["-", packed],
  ] as const) {
    const { code, stdout, stderr } = await run(["analyse", args], input);
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, /it is compressed\. Unpack it first: gzip -dc FILE \| smtp-log-lens analyse -\n$/);
  }
});

test("what holds no mail log is said to be none: an empty file, another program's log", async () => {
  for (const name of ["empty.log", "access.log"]) {
    const { code, stdout, stderr } = await run(["analyse", logs.path(name)]);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.equal(stdout, `${logs.path(name)}: no mail log that this program knows\n`);
    assert.deepEqual(await analysed(logs.path(name)), []);
  }
});

test("what is no text is refused as such, from a file and from a pipe", async () => {
  const binary = readFileSync(logs.path("binary.bin"));
  for (const [name, input] of [[logs.path("binary.bin"), ""] as const, ["-", binary] as const]) {
    const { code, stdout, stderr } = await run(["analyse", name], input);
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, /could not be read: it is no text\. It looks like a disk image/);
  }
});

test("invalid bytes stop nothing", async () => {
  const [record] = await analysed(logs.path("invalid.log"));
  assert.deepEqual([record?.line, record?.token], [2, "AUP#CXCNCT"]);
});

test("escape sequences of a log reach the terminal neither in records nor in the summary", async () => {
  for (const flags of [[], ["--ndjson"]]) {
    const { stdout, stderr } = await run(["analyse", logs.path("nasty.log"), ...flags]);
    assert.match(stdout, /AUP#CXCNCT/);
    assert.doesNotMatch(stdout.replaceAll("\n", "") + stderr, /[\p{Cc}\p{Cf}]/u);
  }
  const [record] = await analysed(logs.path("nasty.log"));
  assert.equal(record?.token, "AUP#CXCNCT");
});

test("a file's name cannot write to the terminal either", async () => {
  const { code, stderr } = await run(["analyse", `gone${escapes.replace("\u0000", "")}`]);
  assert.equal(code, 1);
  assert.doesNotMatch(stderr.trimEnd(), /[\p{Cc}\p{Cf}]/u);
});

test("a reader that leaves early, such as head, is no fault", async () => {
  const { child, ended } = start(["analyse", logs.path("many.log"), logs.path("many.log"), "--ndjson"]);
  child.stdin.end();
  child.stdout.once("data", () => child.stdout.destroy());
  const { code, stderr } = await ended;
  assert.deepEqual([code, stderr], [0, ""]);
});

test("analyze is analyse", async () => {
  assert.equal((await run(["analyze", logs.path("mail.log")])).code, 0);
});
