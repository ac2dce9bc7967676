import assert from "node:assert/strict";
import { test } from "node:test";
import { readLog } from "../../server/src/log/read.ts";

const bits = ["0001", "0010", "0011", "0100", "0101", "0110", "0111", "1000"];
const highBits = ["1001", "1010", "1011", "1100", "1101", "1110", "1111", "00001"];
const named = ["CXCNCT", "CXBL", "CDRBL", "CXDNS", "CXSNDR", "CXSMTP", "CXMXRT", "CXTHRT", "CXMJ"];
const links = ["URLBL011", "URLBL101", "URLBL110", "URLBL1001"];
const codes = [...named, ...[...bits, ...highBits].map((mask) => `IPBL${mask}`), ...links];

const page = "https://www.cox.com/residential/support/email-error-codes.html";
const sender = "news@example.org";

interface Wording {
  readonly name: string;
  readonly code: number;
  readonly enhanced: string | undefined;
  readonly sourceIp: string | undefined;
  readonly stage: "connect" | "mail";
  text(code: string): string;
}

const wordings: readonly Wording[] = [
  {
    name: "421 blocked",
    code: 421,
    enhanced: undefined,
    sourceIp: "203.0.113.7",
    stage: "connect",
    text: (code) =>
      `421 cmsmtp 203.0.113.7 blocked. Refer to Error Codes section at ${page} for more information. AUP#${code}`,
  },
  {
    name: "550 sender rejected",
    code: 550,
    enhanced: "5.1.0",
    sourceIp: undefined,
    stage: "mail",
    text: (code) =>
      `550 5.1.0 <${sender}> sender rejected. Refer to Error Codes section at ${page} for more information. AUP#${code}`,
  },
];

const relay = "cxr.mx.a.cloudfilter.net";

const servers: Readonly<Record<string, (reply: string, wording: Wording) => string>> = {
  postfix: (reply, { code, stage }) =>
    `Nov 23 18:16:04 mx1 postfix/smtp[904]: 044B211F7: to=<you@cox.net>, relay=${relay}[192.0.2.9]:25, delay=0.1, delays=0/0/0.1/0, dsn=4.0.0, ` +
    `status=${code < 500 ? "deferred" : "bounced"} (host ${relay}[192.0.2.9] ` +
    (stage === "connect" ? `refused to talk to me: ${reply})` : `said: ${reply} (in reply to MAIL FROM command))`),
  exim: (reply, { code, stage }) =>
    `2026-11-23 18:16:04 1xVYa4-0000FL-11 ${code < 500 ? "==" : "**"} you@cox.net R=dnslookup T=remote_smtp ${code < 500 ? "defer (0) " : ""}` +
    `H=${relay} [192.0.2.9]: SMTP error from remote mail server after ${stage === "connect" ? "initial connection" : `MAIL FROM:<${sender}> SIZE=1511`}: ${reply}`,
  sendmail: (reply, { code }) =>
    "Nov 23 18:16:04 mx1 sendmail[1372]: 6ANIOXhY001370: to=<you@cox.net>, delay=00:00:00, xdelay=00:00:00, mailer=esmtp, pri=30262, " +
    `relay=${relay}. [192.0.2.9], dsn=5.0.0, reply=${reply}, stat=${code < 500 ? `Deferred: ${reply}` : "Service unavailable"}`,
};

for (const [server, write] of Object.entries(servers)) {
  for (const wording of wordings) {
    test(`${server} logs all ${codes.length} Cox codes in the wording "${wording.name}" readably`, () => {
      for (const code of codes) {
        const { format, deliveries } = readLog(`${write(wording.text(code), wording)}\n`, {
          fileDate: new Date("2026-11-24"),
        });
        const delivery = deliveries[0];
        assert.equal(format, server);
        assert.equal(deliveries.length, 1);
        assert.equal(delivery?.reply?.code, wording.code);
        assert.equal(delivery?.reply?.enhanced, wording.enhanced);
        assert.equal(delivery?.reply?.token, `AUP#${code}`);
        assert.equal(delivery?.relay.host, relay);
        assert.equal(delivery?.recipient, "you@cox.net");
        assert.equal(delivery?.sourceIp, wording.sourceIp);
        assert.equal(delivery?.stage, server === "sendmail" ? undefined : wording.stage);
        assert.equal(delivery?.outcome, wording.code < 500 ? "deferred" : "bounced");
        assert.equal(delivery?.words, wording.text(code));
      }
    });
  }
}

test("there are 29 Cox codes", () => {
  assert.equal(new Set(codes).size, 29);
});
