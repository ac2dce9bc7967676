import assert from "node:assert/strict";
import { test } from "node:test";
import { readLog } from "../../server/src/log/read.ts";
import type { Delivery } from "../../server/src/model.ts";
import { ambiguousLines, realLog, realLogs, type Truth, truthOf } from "./support/truth.ts";

const fileDate = new Date("2026-11-24T00:00:00Z");

for (const name of realLogs) {
  const text = realLog(name);
  const lines = text.split("\n");
  const log = readLog(text, { fileDate });
  const found = new Map(log.deliveries.map((delivery) => [delivery.line + 1, delivery]));

  test(`${name} is known by its first lines, with every line counted`, () => {
    assert.equal(log.format, name.split("-")[0]?.replace(".log", ""));
    assert.equal(log.lines, lines.at(-1) === "" ? lines.length - 1 : lines.length);
  });

  test(`${name}: each failure is read as far as its line shows it`, () => {
    for (const truth of truthOf(name)) {
      const line = lines[truth.line_number - 1] ?? "";
      assert.deepEqual(seen(found.get(truth.line_number), truth, line), wanted(truth, line), line);
    }
  });

  test(`${name}: each span covers what it names`, () => {
    for (const { line, reply, words, span } of log.deliveries) {
      const text = lines[line] ?? "";
      const cut = (at: { start: number; end: number } | undefined) => at && text.slice(at.start, at.end);
      assert.equal(cut(span), words);
      assert.equal(cut(reply?.span), reply?.text);
      assert.equal(cut(reply?.codeSpan), reply?.code?.toString());
      // What an earlier line of the same reply told has no place on its last one.
      if (reply?.enhancedSpan !== undefined || isOneLine(name)) assert.equal(cut(reply?.enhancedSpan), reply?.enhanced);
      if (reply?.tokenSpan !== undefined || isOneLine(name)) assert.equal(cut(reply?.tokenSpan), reply?.token);
    }
  });

  test(`${name}: nothing is found on a line without a failure`, () => {
    const known = new Set([...truthOf(name).map((truth) => truth.line_number), ...ambiguousLines(name)]);
    const extra = log.deliveries.filter((delivery) => !known.has(delivery.line + 1));
    assert.deepEqual(
      extra.map((delivery) => lines[delivery.line]),
      [],
    );
  });
}

/** Courier alone logs each line of a reply by itself. */
function isOneLine(name: string): boolean {
  return name !== "courier.log";
}

// The table of truth writes tokens bare: CXCNCT for AUP#CXCNCT, 1340 for AUP#In-1340, 9 or [9] for [9].
function bare(token: string | null | undefined): string | null {
  return token?.replace(/^AUP#(?:In-|Out-)?/, "").replace(/^\[(.*)\]$/, "$1") ?? null;
}

function wanted(truth: Truth, line: string) {
  const shows = (letter: string) => truth.visible.includes(letter);
  // The client went on after its refusal, and the line shows what that earned it.
  const other = / result="(503) /.exec(line)?.[1];
  return {
    code: shows("c") ? truth.reply_code : other === undefined ? null : Number(other),
    enhanced: shows("e") ? truth.enhanced : other === undefined ? null : "5.5.1",
    token: shows("t") ? bare(truth.token) : null,
    relay: !showsHost(truth, line) || truth.relay_host,
    recipient: shows("r") ? truth.recipient : null,
    queueId: truth.queue_id !== null && line.includes(truth.queue_id) ? truth.queue_id : null,
    outcome: isSession(line) ? "attempt" : truth.logged_as,
  };
}

// OpenSMTPD's line about a session names no message: what becomes of those, and to which host they went, other lines say.
function isSession(line: string): boolean {
  return line.includes(" mta error reason=");
}

function showsHost(truth: Truth, line: string): boolean {
  return truth.visible.includes("h") && !isSession(line);
}

// Where a provider has several hosts the table names their common ending.
function seen(delivery: Delivery | undefined, truth: Truth, line: string) {
  const relay = delivery?.relay.host ?? "";
  return {
    code: delivery?.reply?.code ?? null,
    enhanced: delivery?.reply?.enhanced ?? null,
    token: bare(delivery?.reply?.token),
    relay: !showsHost(truth, line) || (relay.endsWith(truth.relay_host ?? "?") ? truth.relay_host : relay),
    recipient: truth.visible.includes("r") ? (delivery?.recipient ?? null) : null,
    queueId: truth.queue_id === null ? null : (delivery?.queueId ?? null),
    outcome: delivery?.outcome,
  };
}
