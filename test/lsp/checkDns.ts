// The DNS and the log of the tests of the check over a pipe.
import { startDns, type TestDns } from "../support/dns.ts";

/** On ZEN, with a name of its own. */
export const listed = "81.2.69.160";
/** Without a name. */
export const unnamed = "81.2.69.162";
/** Its reverse zone never answers. */
export const slow = "81.2.69.181";

/** A Postfix log: who sent it, then Cox's refusal of the listed address. */
export const coxLog = [
  "2026-11-23T10:02:06+00:00 mx1 postfix/qmgr[1]: 4VtCqB1abcz9: from=<news@example.net>, size=1, nrcpt=1 (queue active)",
  `2026-11-23T10:02:07+00:00 mx1 postfix/smtp[911]: 4VtCqB1abcz9: to=<pat@cox.net>, relay=cxr.mx.a.cloudfilter.net[192.0.2.8]:25, delay=1, delays=0/0/0.5/0.5, dsn=5.0.0, status=bounced (host cxr.mx.a.cloudfilter.net[192.0.2.8] said: 554 cmsmtp ${listed} blocked. AUP#IPBL0001 (in reply to MAIL FROM command))`,
  "",
].join("\n");

/** The usual lists, one more, and names. The caller stops it. */
export function startLists(): Promise<TestDns> {
  return startDns({
    lists: {
      "zen.spamhaus.org": { [listed]: ["127.0.0.11"] },
      "bl.spamcop.net": {},
      "psbl.surriel.com": {},
      "bl.mailspike.net": {},
      "list.dnswl.org": {},
      "dnsbl.test": { [unnamed]: ["127.0.0.2"] },
    },
    records: ["160.69.2.81.in-addr.arpa. PTR mail.example.net.", "mail.example.net. A 81.2.69.160"],
    faults: { "181.69.2.81.in-addr.arpa": "drop" },
  });
}

/** What was asked while the task ran. */
export async function questionsDuring(dns: TestDns, task: () => Promise<unknown>): Promise<readonly string[]> {
  const before = dns.queries().length;
  await task();
  return dns.queries().slice(before);
}
