// The DNS that the tests of `check` ask: the usual lists, addresses with a fault each, and one without.
import { startDns, type TestDns, type TestZones } from "../support/dns.ts";

/** On ZEN, with a name of its own. */
export const listed = "81.2.69.160";
/** With nothing against it. */
export const fine = "81.2.69.161";
/** Without a name. */
export const unnamed = "81.2.69.162";
/** ZEN refuses to answer about it. */
export const refused = "81.2.69.163";
/** Its reverse zone never answers. */
export const slow = "81.2.69.181";

/** A key that a list answers to. */
export const key = "k3ysecret0123456789abcdefgh";

const keyed = `${key}.zen.dq.spamhaus.net`;

const zones: TestZones = {
  lists: {
    "zen.spamhaus.org": { [listed]: ["127.0.0.11"], [refused]: ["127.255.255.254"] },
    [keyed]: { [listed]: ["127.0.0.2"] },
    "bl.spamcop.net": {},
    "psbl.surriel.com": {},
    "bl.mailspike.net": {},
    "list.dnswl.org": {},
    "dnsbl.test": { [fine]: ["127.0.0.2"] },
  },
  records: [
    ...["160.69.2.81.in-addr.arpa. PTR mail.example.net.", "mail.example.net. A 81.2.69.160"],
    ...["161.69.2.81.in-addr.arpa. PTR mx.example.net.", "mx.example.net. A 81.2.69.161"],
    ...["163.69.2.81.in-addr.arpa. PTR mx3.example.net.", "mx3.example.net. A 81.2.69.163"],
    'example.net. TXT "v=spf1 ip4:81.2.69.160 ip4:81.2.69.161 -all"',
    '_dmarc.example.net. TXT "v=DMARC1; p=reject"',
    "cox.net. MX 10 mx.example.net.",
  ],
  faults: { "181.69.2.81.in-addr.arpa": "drop", "silent.test": "servfail" },
};

/** Starts it. The caller stops it. */
export function startLists(): Promise<TestDns> {
  return startDns(zones);
}

/** What was asked while the task ran. */
export async function questionsDuring(dns: TestDns, task: () => Promise<unknown>): Promise<readonly string[]> {
  const before = dns.queries().length;
  await task();
  return dns.queries().slice(before);
}
