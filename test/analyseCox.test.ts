// Every Cox code, in two wordings, in the logs of three mail servers: from the line to the entry that explains it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../server/src/analyse.ts";

const named = ["CXCNCT", "CXBL", "CDRBL", "CXDNS", "CXSNDR", "CXSMTP", "CXMXRT", "CXTHRT", "CXMJ"];
const ipMasks = [...Array.from({ length: 15 }, (_, at) => (at + 1).toString(2).padStart(4, "0")), "00001"];
const linkMasks = ["011", "101", "110", "1001"];
const codes = [...named, ...ipMasks.map((mask) => `IPBL${mask}`), ...linkMasks.map((mask) => `URLBL${mask}`)];

const page = "https://www.cox.com/residential/support/email-error-codes.html";
const relay = "cxr.mx.a.cloudfilter.net";

/** A wording: the reply it makes of a code, and what a finding must say of it. */
interface Wording {
  readonly reply: number;
  readonly enhanced: string | undefined;
  readonly sourceIp: string | undefined;
  text(code: string): string;
}

const wordings: readonly Wording[] = [
  {
    reply: 421,
    enhanced: undefined,
    sourceIp: "81.2.69.160",
    text: (code) =>
      `421 cmsmtp 81.2.69.160 blocked. Refer to Error Codes section at ${page} for more information. AUP#${code}`,
  },
  {
    reply: 550,
    enhanced: "5.1.0",
    sourceIp: undefined,
    text: (code) =>
      `550 5.1.0 <news@example.org> sender rejected. Refer to Error Codes section at ${page} for more information. AUP#${code}`,
  },
];

const logs: Readonly<Record<string, (text: string, permanent: boolean) => string>> = {
  postfix: (text, permanent) =>
    `Nov 23 18:16:04 mx1 postfix/smtp[904]: 044B211F7: to=<you@cox.net>, relay=${relay}[192.0.2.9]:25, delay=0.1, delays=0/0/0.1/0, dsn=4.0.0, ` +
    (permanent
      ? `status=bounced (host ${relay}[192.0.2.9] said: ${text} (in reply to MAIL FROM command))`
      : `status=deferred (host ${relay}[192.0.2.9] refused to talk to me: ${text})`),
  exim: (text, permanent) =>
    `2026-11-23 18:16:04 1xVYa4-0000FL-11 ${permanent ? "**" : "=="} you@cox.net R=dnslookup T=remote_smtp ${permanent ? "" : "defer (0) "}` +
    `H=${relay} [192.0.2.9]: SMTP error from remote mail server after ${permanent ? "MAIL FROM:<news@example.org> SIZE=1511" : "initial connection"}: ${text}`,
  sendmail: (text, permanent) =>
    "Nov 23 18:16:04 mx1 sendmail[1372]: 6ANIOXhY001370: to=<you@cox.net>, delay=00:00:00, xdelay=00:00:00, mailer=esmtp, pri=30262, " +
    `relay=${relay}. [192.0.2.9], dsn=5.0.0, reply=${text}, stat=${permanent ? "Service unavailable" : `Deferred: ${text}`}`,
};

/** "cox/IPBL" for any mask of the family, "cox/CXBL" for a code with a name. */
function entryOf(code: string): string {
  return `cox/${code.replace(/[01]+$/, "")}`;
}

function seen(line: string) {
  const analysis = analyse(`${line}\n`, { fileDate: new Date("2026-11-24"), certain: false });
  const [finding, ...more] = analysis?.findings ?? [];
  assert.ok(finding !== undefined && more.length === 0, `one finding is expected on ${line}`);
  const { reply, recipient, sourceIp } = finding.delivery;
  return {
    ...{ format: analysis?.format, code: reply?.code, enhanced: reply?.enhanced, token: reply?.token },
    ...{ recipient, sourceIp, relay: finding.delivery.relay.host },
    ...{ entry: finding.entry.id, by: finding.entryBy, bits: finding.decoded?.bits },
    ...{ provider: finding.provider, permanent: finding.permanent },
  };
}

for (const [format, write] of Object.entries(logs)) {
  for (const { reply, enhanced, sourceIp, text } of wordings) {
    test(`${format} logs of all 29 Cox codes as ${reply} lead to the right entry, provider and permanence`, () => {
      for (const code of codes) {
        assert.deepEqual(seen(write(text(code), reply >= 500)), {
          ...{ format, code: reply, enhanced, token: `AUP#${code}`, recipient: "you@cox.net", sourceIp, relay },
          ...{ entry: entryOf(code), by: "token", bits: /(?<=BL)[01]+$/.exec(code)?.[0] },
          ...{ provider: "cox", permanent: reply >= 500 },
        });
      }
    });
  }
}

test("these are the 29 Cox codes, each once", () => {
  assert.equal(new Set(codes).size, 29);
});

test("the order of trust holds: a Cox token in a Gmail relay's answer is a quoted Cox refusal, and says so", () => {
  const line = logs
    .postfix?.("421 cmsmtp 81.2.69.160 blocked. AUP#CXCNCT", false)
    .replaceAll(relay, "gmail-smtp-in.l.google.com")
    .replace("cox.net", "gmail.com");
  const analysis = analyse(`${line}\n`, { fileDate: undefined, certain: false });
  const finding = analysis?.findings[0];
  assert.equal(finding?.entry.id, "cox/CXCNCT");
  assert.equal(finding?.provider, "gmail");
  assert.match(finding?.remarks.join(" ") ?? "", /relay host belongs to Gmail/);
});
