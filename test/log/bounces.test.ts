// Reports by real mail servers: each refused recipient, by the table of what the other side had said.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { readLog } from "../../server/src/log/read.ts";
import type { Delivery } from "../../server/src/model.ts";
import type { Truth } from "./support/truth.ts";

interface ReportTruth extends Truth {
  readonly action: "failed" | "delayed";
  readonly diagnostic_line: number | null;
}

const folder = new URL("../logs/bounces/", import.meta.url);
const truths = readFileSync(new URL("truth.ndjson", folder), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as ReportTruth);
const servers = ["exim", "haraka", "opensmtpd", "postfix", "sendmail"];

function textOf(file: string): string {
  return readFileSync(new URL(file, folder), "utf8");
}

function reportsOf(server: string): readonly string[] {
  return readdirSync(new URL(server, folder)).map((name) => `${server}/${name}`);
}

function deliveriesIn(text: string): readonly Delivery[] {
  return readLog(text, { fileDate: undefined }).deliveries;
}

function bare(token: string | null | undefined): string | null {
  return token?.replace(/^AUP#(?:In-|Out-)?/, "").replace(/^\[(.*)\]$/, "$1") ?? null;
}

/** The one recipient that Sendmail's transcript puts off in a report about others. */
const putOff = "case163@contoso.example";

function outcomeOf({ action, recipient, file }: ReportTruth): string {
  if (file === "sendmail/m01-failed-1.eml" && recipient === putOff) return "deferred";
  return action === "failed" ? "bounced" : "deferred";
}

function wanted(truth: ReportTruth) {
  const shows = (letter: string) => truth.visible.includes(letter);
  return {
    recipient: truth.recipient,
    code: shows("c") ? truth.reply_code : null,
    enhanced: shows("e") ? truth.enhanced : null,
    token: shows("t") ? bare(truth.token) : null,
    outcome: outcomeOf(truth),
    relay: shows("h") ? truth.relay_host : null,
  };
}

function seen(delivery: Delivery | undefined, truth: ReportTruth) {
  const { host } = delivery?.relay ?? {};
  const shows = (letter: string) => truth.visible.includes(letter);
  return {
    recipient: delivery?.recipient,
    code: delivery?.reply?.code ?? null,
    // Where nobody answered, the report's own code stands for what is missing.
    enhanced: truth.kind === "reply" ? (delivery?.reply?.enhanced ?? null) : null,
    token: bare(delivery?.reply?.token),
    outcome: delivery?.outcome,
    relay: shows("h") && truth.relay_host !== null && host?.endsWith(truth.relay_host) ? truth.relay_host : null,
  };
}

for (const server of servers) {
  test(`each refused recipient is read out of the reports of ${server}`, () => {
    const own = truths.filter(({ file }) => file.startsWith(`${server}/`));
    assert.ok(own.length >= 15);
    for (const truth of own) {
      const found = deliveriesIn(textOf(truth.file)).find(({ recipient }) => recipient === truth.recipient);
      assert.deepEqual(seen(found, truth), wanted(truth), truth.file);
    }
  });

  test(`a finding in a report of ${server} stands on the line that holds the diagnostic, or the reply in words`, () => {
    for (const { file, line_number, diagnostic_line, recipient } of truths.filter((one) =>
      one.file.startsWith(`${server}/`),
    )) {
      if (diagnostic_line === null) continue;
      const text = textOf(file);
      const found = deliveriesIn(text).find((one) => one.recipient === recipient);
      const line = text.split("\n")[found?.line ?? -1] ?? "";
      const empty = /^Diagnostic-Code: SMTP;\s*$/.test(text.split("\n")[diagnostic_line - 1] ?? "");
      if (!empty) assert.equal((found?.line ?? -1) + 1, diagnostic_line, `${file}, not line ${line_number}`);
      assert.equal(
        line.slice(found?.reply?.codeSpan?.start, found?.reply?.codeSpan?.end),
        String(found?.reply?.code ?? line),
      );
    }
  });

  test(`a report of ${server} is a mail, has a time, and names nobody twice`, () => {
    for (const file of reportsOf(server)) {
      const { format, deliveries, mails, lines } = readLog(textOf(file), { fileDate: undefined });
      assert.equal(format, "bounce", file);
      assert.equal(lines, textOf(file).split("\n").length - 1);
      assert.deepEqual(mails, { reports: 1, complaints: 0, answers: 0, others: 0 });
      for (const { time, sender } of deliveries) {
        assert.match(time ?? "", /^2026-11-23T18:\d\d:\d\d(?:Z|\+00:00)$/, file);
        assert.match(sender ?? "", /^[sm]\d+@example\.org$/, file);
      }
      assert.equal(new Set(deliveries.map(({ recipient }) => recipient)).size, deliveries.length, file);
    }
  });
}
