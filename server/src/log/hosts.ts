// The hosts of attempts: thousands share one relay, and a server behind a translation is called by its outer address.
import type { Relay } from "../model.ts";
import type { Parts } from "./format.ts";
import type { Keep } from "./keep.ts";
import { isAddress } from "./source.ts";

/** What is known of hosts; it grows while lines are read. */
export interface Hosts {
  /** The relay of a line, one object for all lines that name it; undefined when the line names none. */
  relayOf(parts: Parts): Relay | undefined;
  /** Our own address: that of the socket, else the one that a refusal quotes. */
  sourceOf(local: string | undefined, quoted: string | undefined): string | undefined;
  /** The address that the other side sees; ask when all lines have been read. */
  outerOf(ip: string): string;
}

/** The relay of an attempt that names none. */
export const nowhere: Relay = { host: undefined, ip: undefined, port: undefined };

const inner = /^(?:10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|f[cd][0-9a-f]{2}:|fe80:|::1$)/i;
const mostOuter = 4096;
const mostRelays = 16_384;

/** Hosts of one log; texts are taken from `keep`. */
export function createHosts(keep: Keep): Hosts {
  const relays = new Map<string, Relay>();
  /** What refusals call the server whose socket has an inner address. */
  const outer = new Map<string, string>();
  return {
    relayOf: (parts) => knownRelay(parts, relays, keep),
    sourceOf(local, quoted) {
      const [own, seen] = [address(local), address(quoted)].map((ip) => ip && keep(ip));
      if (own === undefined) return seen;
      if (seen !== undefined && seen !== own && inner.test(own) && outer.size < mostOuter) {
        if (!outer.has(own)) outer.set(own, seen);
      }
      return own;
    },
    outerOf: (ip) => outer.get(ip) ?? ip,
  };
}

function knownRelay({ relayHost, relayIp, relayPort }: Parts, relays: Map<string, Relay>, keep: Keep) {
  const [host, ip] = [relayHost?.text, address(relayIp?.text)].map((text) => text && keep(text));
  if (host === undefined && ip === undefined) return undefined;
  const key = `${host} ${ip} ${relayPort}`;
  const known = relays.get(key);
  if (known !== undefined) return known;
  if (relays.size >= mostRelays) relays.clear();
  const relay = { host, ip, port: relayPort };
  relays.set(key, relay);
  return relay;
}

function address(text: string | undefined): string | undefined {
  return text !== undefined && isAddress(text) ? text : undefined;
}
