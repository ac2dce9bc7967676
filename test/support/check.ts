// Runs a check in a test: consent given, nothing remembered, time standing still.
import { readAddress } from "../../server/src/check/address.ts";
import { type CheckOptions, check } from "../../server/src/check/check.ts";
import { blocklists, chooseLists } from "../../server/src/check/lists.ts";
import type { Blocklist } from "../../server/src/check/listTypes.ts";
import { probesOf } from "../../server/src/check/probes/index.ts";
import type { Resolver } from "../../server/src/check/resolver.ts";
import type { Mail, Report, Row, Subject } from "../../server/src/model.ts";
import { createResolver } from "../../server/src/node/resolver.ts";

/** The time of every check in tests. */
export const noon = "2026-11-23T12:00:30.000Z";

/** The probes that are asked without any setting, key or refusal. */
export const usualProbes = probesOf({
  lists: chooseLists({ choices: {}, keys: {}, named: [] }).lists,
  extras: false,
});

/** What a check of `ip` is about when no log is known; `own` is what is known of the mail. */
export function subjectAt(ip: string, own: Partial<Mail> = {}): Subject {
  const address = readAddress(ip);
  if (address === undefined) throw new TypeError(`not an address: ${ip}`);
  const nothing = { helo: undefined, sender: undefined, headerFrom: undefined, recipientDomain: undefined };
  return { address, mail: { ...nothing, signatures: [], ...own }, refusal: undefined };
}

/** Checks `ip` through the DNS server at "127.0.0.1:PORT", or through a literal resolver. */
export function checkThrough(server: string | Resolver, ip: string, own: Partial<CheckOptions> = {}): Promise<Report> {
  return check({
    subject: subjectAt(ip),
    probes: usualProbes,
    resolver: typeof server === "string" ? createResolver({ servers: [server], timeoutMs: 30_000 }) : server,
    consent: true,
    signal: new AbortController().signal,
    onRow: () => {},
    limits: { questionMs: 20_000, totalMs: 30_000 },
    memory: new Map(),
    now: () => new Date(noon),
    ...own,
  });
}

/** The row with this id. */
export function rowOf(report: Report, id: string): Row {
  const row = report.rows.find((one) => one.id === id);
  if (row === undefined) throw new TypeError(`no row ${id}`);
  return row;
}

/** A list like Spamhaus ZEN under another zone. */
export function listAt(zone: string, own: Partial<Blocklist> = {}): Blocklist {
  const zen = blocklists.find((list) => list.zone === "zen.spamhaus.org");
  if (zen === undefined) throw new TypeError("the catalogue has no ZEN");
  return { ...zen, zone, name: zone, ...own };
}
