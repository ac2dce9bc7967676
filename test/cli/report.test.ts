// `smtp-log-lens report`: the same counts in every form, whatever strangers wrote in the logs.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { barText, createProgressBar } from "../../server/src/node/progressBar.ts";
import { cli, folderWith, run, start } from "./program.ts";

const relay = "cxr.mx.a.cloudfilter.net[192.0.2.9]";
const line = (id: string, said: string, to = "you@cox.net") =>
  `Nov 23 18:16:04 mx1 postfix/smtp[904]: ${id}: to=<${to}>, relay=${relay}:25, delay=4.2, delays=0/0/0.1/0, dsn=4.0.0, status=deferred (host ${relay} said: ${said})\n`;
const cox = line("044B211F7", "421 cmsmtp 81.2.69.160 blocked. AUP#CXCNCT");
const escapes = "\u001b[31m\u001b]0;owned\u0007\u009b2J\u202etxt\u200b\u007f\u0000";
const nasty = line(
  "044B211F9",
  `550 5.7.1 =cmd|'/c calc'!A1 "x",${escapes} [l](javascript:1) <script> | \`a\` AUP#CXBL`,
  "=1+1@cox.net",
);

const logs = folderWith({
  "mail.log": cox + cox,
  "mail.log.1.gz": gzipSync(cox),
  '=nasty,".log': nasty,
  "many.log": Array.from({ length: 400 }, (_, at) => line("044B211F7", `55${at % 10} 5.${at % 8}.${at} no`)).join(""),
});
after(() => logs.remove());

async function reported(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(["report", ...args]);
  assert.deepEqual([code, stderr], [0, ""]);
  return stdout;
}

test("the report names files, providers, codes, shares, first and last lines, domains, addresses, delays and wordings", async () => {
  const text = await reported(logs.path("mail.log"), logs.path("mail.log.1.gz"));
  const [old, young] = [logs.path("mail.log.1.gz"), logs.path("mail.log")];
  assert.ok(text.startsWith(`${old}: postfix, 1 line, 1 failure\n${young}: postfix, 2 lines, 2 failures\n`));
  assert.match(text, /\nCox: 3 failures, 100\.0 % of all\n {10}3 {2}100\.0 % {2}temporary {2}AUP#CXCNCT/);
  assert.ok(text.includes(`(${old}:1) to `) && text.includes(`(${young}:2)\n`));
  assert.match(text, /recipients at cox\.net \(3\)\n +sent from 81\.2\.69\.160 \(3\)\n +in the queue: 4\.2 s/);
  assert.match(text, / {10}3 {2}421 cmsmtp … blocked\. AUP#CXCNCT\n/);
});

test("each NDJSON line is one kind of failure", async () => {
  const [record, ...more] = (await reported(logs.path("mail.log"), "--ndjson")).trimEnd().split("\n");
  assert.deepEqual(more, []);
  const found = JSON.parse(record ?? "") as Record<string, unknown>;
  assert.deepEqual(
    [found.provider, found.code, found.entry, found.count, found.share, found.kind],
    ["cox", "AUP#CXCNCT", "cox/CXCNCT", 2, 1, "temporary"],
  );
  assert.deepEqual(found.recipientDomains, { named: [{ name: "cox.net", count: 2 }], others: 0 });
});

/** The rows of a CSV text, read by RFC 4180. */
function rowsOf(csv: string): string[][] {
  const cells = [...csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)];
  assert.equal(cells.map(([whole]) => whole).join(""), csv, "nothing stands between the cells");
  const rows: string[][] = [[]];
  for (const [, quoted, plain = "", end] of cells) {
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "\r\n") rows.push([]);
  }
  assert.deepEqual(rows.pop(), []);
  return rows;
}

test("CSV has a header and rows of as many cells, and no cell of a log is a formula", async () => {
  const [header = [], ...rows] = rowsOf(await reported(logs.path('=nasty,".log'), logs.path("mail.log"), "--csv"));
  assert.deepEqual(header.slice(0, 6), ["provider", "code", "title", "kind", "reason", "count"]);
  assert.equal(rows.length, 2);
  for (const row of rows) {
    assert.equal(row.length, header.length);
    assert.ok(
      row.every((cell) => !/^\s*[=+@|%-]/.test(cell)),
      row.join(),
    );
  }
  assert.match(rows.flat().join(), /'?550 5\.7\.1 =cmd/);
});

test("strangers' escape sequences reach no form, and Markdown holds no markup of theirs", async () => {
  for (const form of [[], ["--csv"], ["--ndjson"], ["--sarif"], ["--markdown"]]) {
    const text = await reported(logs.path('=nasty,".log'), ...form);
    assert.match(text, /AUP\\?#CXBL/);
    assert.doesNotMatch(text.replace(/\r?\n/g, ""), /[\p{Cc}\p{Cf}]/u, form.join());
  }
  const markdown = await reported(logs.path('=nasty,".log'), "--markdown");
  assert.doesNotMatch(markdown, /<script|(?<!\\)\]\(|(?<!\\)`a/);
});

test("SARIF has what version 2.1.0 requires: rules, results with messages, levels, counts, places as URIs", async () => {
  const { version, runs } = JSON.parse(await reported(logs.path('=nasty,".log'), logs.path("mail.log"), "--sarif")) as {
    version: string;
    runs: Record<string, never>[];
  };
  assert.equal(version, "2.1.0");
  const [{ tool, results, artifacts, invocations, columnKind }] = runs as unknown as [
    {
      tool: { driver: { name: string; rules: { id: string; shortDescription: { text: string } }[] } };
      results: {
        ruleId: string;
        ruleIndex: number;
        level: string;
        message: { text: string };
        occurrenceCount: number;
        locations: {
          physicalLocation: { artifactLocation: { uri: string; index: number }; region: { startLine: number } };
        }[];
      }[];
      artifacts: { location: { uri: string } }[];
      invocations: { executionSuccessful: boolean }[];
      columnKind: string;
    },
  ];
  assert.deepEqual(
    [tool.driver.name, columnKind, invocations[0]?.executionSuccessful],
    ["SMTP Log Lens", "utf16CodeUnits", true],
  );
  assert.equal(results.length, 2);
  for (const result of results) {
    assert.equal(tool.driver.rules[result.ruleIndex]?.id, result.ruleId);
    assert.ok(
      ["error", "warning", "note"].includes(result.level) &&
        result.message.text.length > 0 &&
        result.occurrenceCount > 0,
    );
    const { artifactLocation, region } = result.locations[0]?.physicalLocation ?? assert.fail("a result has a place");
    assert.ok(region.startLine >= 1);
    assert.equal(artifacts[artifactLocation.index]?.location.uri, artifactLocation.uri);
    assert.ok(existsSync(fileURLToPath(artifactLocation.uri)), artifactLocation.uri);
  }
});

test("standard input is read too, and what is no mail log is said to be none", async () => {
  assert.match((await run(["report", "-"], cox)).stdout, /^standard input: postfix, 1 line, 1 failure\n/);
  assert.match(
    (await run(["report", "-"], gzipSync(cox))).stderr,
    /standard input could not be read: it is compressed\. Unpack it first: gzip -dc FILE \| smtp-log-lens report -\n/,
  );
  assert.equal(
    (await run(["report", "-"], "")).stdout,
    "standard input: no mail log that this program knows, 0 lines, 0 failures\n",
  );
});

test("a file that cannot be read is named, the others count, and the exit code says so", async () => {
  const { code, stdout, stderr } = await run(["report", logs.path("gone.log"), logs.path("mail.log")]);
  assert.equal(code, 1);
  assert.equal(stderr, `smtp-log-lens: ${logs.path("gone.log")} does not exist.\n`);
  assert.match(stdout, /gone\.log: not read\n.*mail\.log: postfix, 2 lines, 2 failures\n/);
});

test("two forms at once, no file, and an option that there is not are mistakes on the command line", async () => {
  for (const args of [["report"], ["report", "x", "--csv", "--sarif"], ["report", "x", "--xml"]])
    assert.equal((await run(args)).code, 2, args.join(" "));
});

test("a full disk is told, and a reader that leaves early is no fault", {
  skip: !existsSync("/dev/full") && "no /dev/full",
}, async () => {
  const shell = spawnSync(
    "sh",
    ["-c", `"${process.execPath}" "${cli}" report "${logs.path("many.log")}" > /dev/full`],
    { encoding: "utf8" },
  );
  assert.deepEqual(
    [shell.status, shell.stderr],
    [
      1,
      "smtp-log-lens: the output could not be written: no space is left on the device. Make room there, or write it to another place.\n",
    ],
  );
  const { child, ended } = start(["report", logs.path("many.log"), "--ndjson"]);
  child.stdin.end();
  child.stdout.destroy();
  assert.deepEqual((await ended).stderr, "");
});

test("the bar shows how far reading has come, how fast, and how many failures there are, on a terminal only", () => {
  const mebibyte = 1024 * 1024;
  assert.equal(
    barText({ done: 256 * mebibyte, total: 512 * mebibyte, failures: 1234 }, 500),
    "[############............]  50 %  512 MiB/s, 1,234 failures",
  );
  assert.equal(barText({ done: 30 * mebibyte, total: 0, failures: 0 }, 1000), "30 MiB  30 MiB/s, 0 failures");
  for (const isTTY of [true, false]) {
    let time = 0;
    const written: string[] = [];
    const bar = createProgressBar({ isTTY, columns: 40, write: (text) => written.push(text) }, () => time);
    for (time = 0; time < 1000; time += 10) bar.show({ done: time, total: 1000, failures: 0 });
    bar.clear();
    assert.equal(written.length, isTTY ? 9 : 0);
    assert.ok(written.every((text) => text.startsWith("\r") && text.length <= 43));
  }
});
