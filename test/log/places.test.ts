// Whatever a log's form, each part is shown where it stands, and a log read in parts or after an edit gives what it gives at once.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { analyse, renewed } from "../../server/src/analyse.ts";
import { readLine, readLog } from "../../server/src/log/read.ts";
import { createReader } from "../../server/src/log/reader.ts";
import type { Span } from "../../server/src/model.ts";
import { annotatedLog } from "./support/annotated.ts";

const fileDate = new Date("2026-11-30T00:00:00Z");
const folder = new URL("../logs/annotated/", import.meta.url);
// What a mail says hangs together over its lines, so mails have tests of their own.
const names = readdirSync(folder).filter((name) => /\.(?:log|txt)$/.test(name) && name !== "bounce.txt");

for (const name of names) {
  const { text } = annotatedLog(name);
  const lines = text.split("\n");
  const log = readLog(text, { fileDate });

  test(`${name}: codes and tokens are shown where they stand`, () => {
    for (const { line, reply, span, words } of log.deliveries) {
      const raw = lines[line] ?? "";
      const cut = (at: Span | undefined) => at && raw.slice(at.start, at.end);
      assert.equal(cut(reply?.codeSpan) ?? "", reply?.codeSpan ? String(reply.code) : "", raw);
      assert.equal(cut(reply?.tokenSpan) ?? "", reply?.tokenSpan ? reply.token : "", raw);
      // In KumoMTA's records the enhanced code is an object of three numbers.
      const digits = cut(reply?.enhancedSpan)?.replace(/\D+/g, ".");
      assert.equal(digits ?? "", reply?.enhancedSpan ? reply.enhanced : "", raw);
      assert.ok(span.end > span.start && span.end <= raw.length, raw);
      assert.ok(cut(span)?.includes(words.split(/[\\"<>\s]/).findLast((word) => word.length > 1) ?? words), raw);
    }
  });

  test(`${name}: colours are in order and do not overlap, and hover reads what diagnostics read`, () => {
    assert.ok(log.format);
    for (const [number, line] of lines.entries()) {
      const around = (distance: number) => lines[number + distance];
      const context = { format: log.format, clock: log.start, header: log.header, line: number, around };
      const { fields, delivery } = readLine(line, context);
      let end = 0;
      for (const field of fields) {
        assert.ok(field.start >= end && field.end > field.start && field.end <= line.length, line);
        end = field.end;
      }
      const known = log.deliveries.find((found) => found.line === number);
      if (known !== undefined) assert.deepEqual(delivery, known);
    }
  });

  test(`${name}: a stream in chunks gives what the whole gives`, () => {
    const reader = createReader({ fileDate, ends: text });
    const chunks = text.match(/(?:[^\n]*\n){1,40}|[^\n]+$/g) ?? [];
    const found = chunks.flatMap((chunk) => reader.push(chunk));
    assert.deepEqual(found, log.deliveries);
  });

  test(`${name}: an edit of any line gives what the whole gives`, () => {
    const before = analyse(text, { fileDate, certain: false });
    assert.ok(before);
    for (const [number] of lines.entries()) {
      const changed = lines.with(number, "");
      const linesOf = (first: number, last: number) => changed.slice(first, last).join("\n");
      const after = renewed(before, { first: number, removed: 1, inserted: 1 }, linesOf);
      const back = renewed(after, { first: number, removed: 1, inserted: 1 }, (first, last) =>
        lines.slice(first, last).join("\n"),
      );
      assert.deepEqual(back.findings, before.findings, `line ${number}`);
    }
  });
}
