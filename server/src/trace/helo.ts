// Finds our own HELO name: said exactly where a reply quotes it, else guessed from this host's name in the log.
import type { Delivery } from "../model.ts";
import { longestLine, type Stretch } from "./lines.ts";
import { logHost, quotedExactly, quotedLoosely, routeHelo, selfMade, transferLine } from "./patterns.ts";
import { domainIn, heloIn, ownNameIn } from "./valid.ts";

/** The name that a refusal says we gave in HELO. */
export function quotedHelo({ words, relay }: Delivery): string | undefined {
  for (const shape of quotedExactly) {
    const name = heloIn(shape.exec(words)?.[1] ?? "");
    if (name !== undefined) return name;
  }
  const name = domainIn(quotedLoosely.exec(words)?.[1] ?? "");
  return name === relay.host?.toLowerCase() ? undefined : name;
}

/** This host's name in the head of a syslog line. */
export function loggedHost(line: string): string | undefined {
  return ownNameIn(logHost.exec(line)?.[1] ?? "");
}

/** The name in OpenSMTPD's last route above a delivery of its own: "…,heloname=mx1.example.org]". */
export function routedHelo(text: string, own: Stretch | undefined): string | undefined {
  if (own === undefined || !transferLine.test(own.text)) return undefined;
  const at = text.lastIndexOf("heloname=", own.start);
  return at < 0 ? undefined : domainIn(routeHelo.exec(text.slice(at, at + 300))?.[1] ?? "");
}

/** The host in the message id that Postfix gave to a notification of its own: "message-id=<20261123181701.A86401736@mx1.example.org>". */
export function noticeHost(text: string, id: string, own: Stretch | undefined): string | undefined {
  const from = own?.start ?? 0;
  const below = text.indexOf(`.${id}@`, from);
  const at = below < 0 ? text.lastIndexOf(`.${id}@`, from) : below;
  return at < 0 ? undefined : selfMade.exec(text.slice(Math.max(0, at - 40), at + longestLine))?.[1];
}
