// The list of probes, in the order of the report.
import type { Blocklist } from "../listTypes.ts";
import type { Probe } from "../probe.ts";
import { blocklistProbe } from "./blocklist.ts";
import { dkimProbe } from "./dkim.ts";
import { dmarcProbe } from "./dmarc.ts";
import { heloProbe } from "./helo.ts";
import { hygieneProbe } from "./hygiene.ts";
import { recipientProbe } from "./recipient.ts";
import { resolverHealthProbe } from "./resolverHealth.ts";
import { reverseDnsProbe } from "./reverseDns.ts";
import { senderDomainProbe } from "./senderDomain.ts";
import { spfProbe } from "./spf.ts";

/** What a check looks at. */
export interface Scope {
  readonly lists: readonly Blocklist[];
  /** True to look at the sender's MTA-STS and TLS-RPT records too. */
  readonly extras: boolean;
}

/** The probes of a check. */
export function probesOf({ lists, extras }: Scope): readonly Probe[] {
  return [
    resolverHealthProbe,
    blocklistProbe(lists),
    reverseDnsProbe,
    heloProbe,
    spfProbe,
    dkimProbe,
    dmarcProbe,
    senderDomainProbe,
    recipientProbe,
    ...(extras ? [hygieneProbe] : []),
  ];
}
