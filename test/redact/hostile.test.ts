// Logs that strangers wrote: nothing hangs, nothing throws, lines stay lines.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { createRedactor } from "../../server/src/redacting.ts";
import { assertLinear } from "../support/backtracking.ts";
import { redacted } from "./logs.ts";

const room = new URL("../../server/src/redact/", import.meta.url);
const literal = /(?<=[=(,:\s[!?])\/(?![*/])((?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]+|(?=[.,;)\n]))/g;

for (const file of readdirSync(room)) {
  const code = readFileSync(new URL(file, room), "utf8").replace(/^\s*(?:\/\/|\/\*\*|\*).*$/gm, "");
  const patterns = [...code.matchAll(literal)].map(([, source = "", flags = ""]) => ({
    source,
    flags: flags.replace("d", ""),
  }));
  if (patterns.length > 0) {
    test(`no pattern of ${file} can be made to run for ever by the text of a log`, () => {
      for (const pattern of patterns) assertLinear(pattern, file);
      assert.ok(!/new RegExp\(/.test(code) || file === "hex.ts", "every pattern is a literal that this test can see");
    });
  }
}

const long = 200_000;
const pieces = [
  ...[
    "a@",
    "@",
    "%40",
    "a%40",
    "=40",
    '"@',
    '\\"@',
    "a=",
    "from=",
    "a.",
    ".",
    "..",
    "-",
    "1.",
    "1.2.3.4 ",
    "203.0.113.7.",
  ],
  ...[
    ":",
    "::",
    "a:",
    "%3A",
    "f:",
    "[",
    "](",
    "http://",
    "http://a/b?c=",
    "/",
    "/home/",
    "~",
    "\\",
    "\\303",
    "<",
    "<a",
    "From: ",
    "Subject: ",
  ],
  ...[
    'T="',
    ' T="\\',
    "=?utf-8?q?",
    " id=",
    "message-id=<",
    "HELO ",
    "H=a (",
    "user=",
    " set sender to ",
    "ü",
    "\u0000",
    "\ud800",
    "x[1.",
  ],
];

test("a line of 200,000 columns made of any one piece is redacted", () => {
  for (const piece of pieces) {
    const line = piece.repeat(Math.ceil(long / piece.length));
    assert.equal(redacted(`${line}\nann@example.org`).split("\n").at(-1)?.endsWith(".example"), true, piece);
  }
});

test("pieces in any order are redacted, and lines stay lines", () => {
  let seed = 7;
  const next = (): string => {
    seed = (seed * 48_271) % 0x7fffffff;
    return pieces[seed % pieces.length] ?? "";
  };
  const lines = Array.from({ length: 300 }, () => Array.from({ length: 200 }, next).join(""));
  const text = createRedactor().redact(lines.join("\n")).text;
  assert.equal(text.split("\n").length, lines.length);
});

test("a stranger cannot keep an address by calling himself a provider's host", () => {
  const line = "H=(aspmx.l.google.com) [203.0.113.7] F=<a@example.org> rejected RCPT <b@example.net>: no";
  assert.ok(!redacted(line).includes("203.0.113.7"));
  assert.ok(!redacted("relay=aspmx.l.google.com [203.0.113.7] (may be forged)").includes("203.0.113.7"));
  assert.ok(!redacted("from aspmx.l.google.com.evil.example[203.0.113.7]").includes("203.0.113.7"));
});

test("lines of no known format are redacted, too", () => {
  const lines = [
    '{"ts":1795457764,"client.ip":"203.0.113.7","rcpt":["ann@example.org"],"subject":"Dear Ann","helo":"pc12","msg":"ok"}',
    "ts=1795457764 user=ann ip=203.0.113.7 host=pc12 msg=login",
    "ann@example.org\t203.0.113.7\tmx.example.org\tdelivered",
    "ann@example.org;203.0.113.7;mx.example.org;delivered",
  ];
  const after = redacted(lines.join("\n"));
  for (const private_ of ["ann", "203.0.113.7", "example.org", "Ann", "pc12"])
    assert.ok(!after.includes(private_), private_);
  assert.deepEqual(JSON.parse(after.split("\n")[0] ?? ""), {
    ts: 1795457764,
    "client.ip": "192.0.2.1",
    rcpt: ["user-1@domain-1.example"],
    subject: "subject-1",
    helo: "host-1",
    msg: "ok",
  });
});
