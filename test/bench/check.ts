// Measures the check of an address against real servers on loopback: what it costs beside the network's own time.
import { readAddress } from "../../server/src/check/address.ts";
import { check } from "../../server/src/check/check.ts";
import { planSubject } from "../../server/src/check/plan.ts";
import { inquire } from "../../server/src/inquire.ts";
import { loadMailAuth } from "../../server/src/node/mailAuth.ts";
import { createResolver } from "../../server/src/node/resolver.ts";
import { startDns, type TestDns } from "../support/dns.ts";

/** Milliseconds from the consent to the first row and to the verdict. */
export interface Checked {
  readonly first: number;
  readonly all: number;
}

/** The usual lists, reverse DNS, SPF and DMARC of one address through rbldnsd and unbound; nothing is remembered between calls. */
export async function startChecks(): Promise<{ run(): Promise<Checked>; stop(): Promise<void> }> {
  const lists = ["zen.spamhaus.org", "bl.spamcop.net", "psbl.surriel.com", "bl.mailspike.net", "list.dnswl.org"];
  const dns = await startDns({
    lists: Object.fromEntries(lists.map((zone) => [zone, {}])),
    records: [
      "160.69.2.81.in-addr.arpa. PTR mail.example.net.",
      "mail.example.net. A 81.2.69.160",
      'example.net. TXT "v=spf1 include:list.example.net -all"',
      'list.example.net. TXT "v=spf1 a:mail.example.net -all"',
      "example.net. MX 10 mail.example.net.",
      '_dmarc.example.net. TXT "v=DMARC1; p=reject"',
    ],
  });
  return { run: () => once(dns), stop: () => dns.stop() };
}

async function once(dns: TestDns): Promise<Checked> {
  const address = readAddress("81.2.69.160");
  if (address === undefined) throw new TypeError("no address");
  const subject = inquire(address, undefined, { sender: "news@example.net", helo: "mail.example.net" });
  const resolver = createResolver({ servers: [dns.address] });
  const { probes } = planSubject(subject, { choices: {}, keys: {}, extras: false }, resolver);
  const start = performance.now();
  let first: number | undefined;
  await check({
    subject,
    resolver,
    probes,
    consent: true,
    mailAuth: loadMailAuth,
    memory: new Map(),
    signal: new AbortController().signal,
    onRow: () => {
      first ??= performance.now() - start;
    },
  });
  const all = performance.now() - start;
  return { first: first ?? all, all };
}
