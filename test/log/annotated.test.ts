import assert from "node:assert/strict";
import { test } from "node:test";
import { readLog } from "../../server/src/log/read.ts";
import type { FormatId } from "../../server/src/model.ts";
import { annotatedLog, shown } from "./support/annotated.ts";

const fileDate = new Date("2026-11-30T00:00:00Z");

const logs: readonly (readonly [string, FormatId])[] = [
  ["postfix.log", "postfix"],
  ["exim.log", "exim"],
  ["sendmail.log", "sendmail"],
  ["kumomta.log", "kumomta"],
  ["powermta.log", "powermta"],
  ["exchange-tracking.log", "exchange"],
  ["exchange-smtp.log", "exchange"],
  ["momentum.log", "momentum"],
  ["fortimail.log", "fortimail"],
  ["esa.log", "esa"],
  ["rspamd.log", "rspamd"],
  ["amavis.log", "amavis"],
  ["ses.log", "ses"],
  ["sendgrid.log", "sendgrid"],
  ["mailgun.log", "mailgun"],
  ["postmark.log", "postmark"],
  ["sparkpost.log", "sparkpost"],
  ["opensmtpd.log", "opensmtpd"],
  ["haraka.log", "haraka"],
  ["haraka-json.log", "haraka"],
  ["qmail.log", "qmail"],
  ["qmail-syslog.log", "qmail"],
  ["courier.log", "courier"],
  ["zonemta.log", "zonemta"],
  ["zonemta-gelf.log", "zonemta"],
  ["transcript.txt", "plain"],
  ["bounce.txt", "plain"],
];

for (const [name, format] of logs) {
  test(`the annotated ${name} is known as ${format} and read as annotated`, () => {
    const { text, expected } = annotatedLog(name);
    const log = readLog(text, { fileDate });
    assert.equal(log.format, format);
    const lines = text.split("\n");
    for (const [line, values] of expected) {
      const delivery = log.deliveries.find((found) => found.line === line);
      assert.ok(delivery, `nothing found on: ${lines[line]}`);
      const seen = shown(delivery);
      for (const [key, value] of values) assert.equal(seen[key], value, `${key} of: ${lines[line]}`);
    }
    const extra = log.deliveries.filter((found) => !expected.has(found.line));
    assert.deepEqual(
      extra.map((found) => lines[found.line]),
      [],
    );
  });
}
