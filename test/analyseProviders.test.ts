// Every example of every provider's row, in the logs of three mail servers: from the line to exactly its row.
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../server/src/analyse.ts";
import { providerEntries, providers } from "../server/src/catalogue/data.ts";
import { type Where, whereIs } from "./catalogue/where.ts";

interface Told extends Where {
  readonly text: string;
}

const clock = "18:16:04";

/** The line that a server writes when the other side says `text`; a 4xx puts off, a 5xx refuses. */
const logs: Readonly<Record<string, (told: Told) => string>> = {
  postfix: ({ text, host, recipient, day }) =>
    `${day}T${clock}+00:00 mx1 postfix/smtp[904]: 044B211F7: to=<${recipient}>, relay=${host}[192.0.2.9]:25, delay=0.1, delays=0/0/0.1/0, dsn=4.0.0, ` +
    `status=${text.startsWith("5") ? "bounced" : "deferred"} (host ${host}[192.0.2.9] said: ${text} (in reply to RCPT TO command))`,
  exim: ({ text, host, recipient, day }) =>
    `${day} ${clock} 1xVYa4-0000FL-11 ${text.startsWith("5") ? "**" : "=="} ${recipient} R=dnslookup T=remote_smtp ${text.startsWith("5") ? "" : "defer (-44) "}` +
    `H=${host} [192.0.2.9]: SMTP error from remote mail server after RCPT TO:<${recipient}>: ${text}`,
  sendmail: ({ text, host, recipient, day }) =>
    `${day}T${clock}+00:00 mx1 sendmail[1372]: 6ANIOXhY001370: to=<${recipient}>, delay=00:00:00, xdelay=00:00:00, mailer=esmtp, pri=30262, ` +
    `relay=${host}. [192.0.2.9], dsn=5.0.0, reply=${text}, stat=${text.startsWith("5") ? "Service unavailable" : `Deferred: ${text}`}`,
};

/** An example without a reply code is shown behind one that its row allows. */
function whole(example: string, code: number | undefined): string {
  return /^[45]\d\d[ -]/.test(example) ? example : `${code ?? 550} ${example}`;
}

for (const { id } of providers) {
  const rows = providerEntries.filter(({ entry }) => entry.provider === id && entry.examples.length > 0);
  for (const [format, write] of Object.entries(logs)) {
    test(`${format} lines with ${id}'s own replies lead to exactly the rows that hold them`, () => {
      for (const { entry, match } of rows) {
        for (const example of entry.examples) {
          const text = whole(example, match.code?.[0]);
          const { host = "mx.example.com", recipient, day } = whereIs(id);
          const line = write({ text, host, recipient, day });
          const analysis = analyse(`${line}\n`, { fileDate: new Date("2026-11-24"), certain: true });
          const found = analysis?.findings.map((finding) => [
            finding.entry.id,
            finding.provider,
            finding.permanent,
            finding.delivery.reply?.code,
          ]);
          const expected = [entry.id, id, text.startsWith("5"), Number(text.slice(0, 3))];
          assert.deepEqual(found, [expected], line);
        }
      }
    });
  }
}
