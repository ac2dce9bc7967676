// The host on the other side, as reports name it in a field or in their text.
import type { Relay } from "../../model.ts";
import { isAddress } from "../source.ts";

const nobody: Relay = { host: undefined, ip: undefined, port: undefined };
const ip = "([0-9a-fA-F:.]{3,45})";
const inText: readonly RegExp[] = [
  new RegExp(`\\b(?:host|server|to|by|from|with)[: ]{1,3}([\\w.-]{1,255}?)\\.? ?\\[(?:IPv6:)?${ip}\\]`, "i"),
  new RegExp(`^\\s{0,8}([\\w.-]{4,255}) \\[(?:IPv6:)?${ip}\\]:?\\s{0,8}$`, "m"),
  new RegExp(`\\b(?:host|server):? ([\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,9})\\.?(?: \\(${ip}\\))?`, "i"),
  new RegExp(`\\btalking to \\[?([\\w.-]{1,255}?)\\]?\\.?(?: \\[${ip}\\])?:`, "i"),
  new RegExp(`^\\s{0,8}(${ip}) (?:does not like|failed after|said)`, "m"),
  new RegExp(`\\bConnected to (${ip})`),
];

/** The host in the value of Remote-MTA: "dns; mx.example.net (192.0.2.1, …)", "[192.0.2.1]". */
export function relayOf(value: string | undefined): Relay {
  if (value === undefined) return nobody;
  const text = value
    .replace(/^\s{0,8}[\w-]{1,20}\s{0,4};/, "")
    .trim()
    .slice(0, 1000);
  const words = text.split(/[\s()[\],|]{1,8}/).filter((word) => word !== "");
  const addresses = words.filter(isAddress);
  // "(TCP|ours|port|theirs|port)"
  const address = /\(TCP\|/.test(text) ? (addresses[1] ?? addresses[0]) : addresses[0];
  return { host: hostName(words[0]), ip: address, port: undefined };
}

/** The host that a report's text names around a reply; nobody when it names none. */
export function relayIn(text: string): Relay {
  for (const shape of inText) {
    const match = shape.exec(text.slice(0, 4096));
    if (match === null) continue;
    const address = [match[2], match[1]].find((word) => word !== undefined && isAddress(word));
    const host = hostName(match[1]);
    if (host !== undefined || address !== undefined) return { host, ip: address, port: undefined };
  }
  return nobody;
}

/** The only host that these lines say a transcript was made with: "... while talking to mx.example.net.:". */
export function talkedTo(lines: readonly string[]): Relay {
  const hosts = new Set(
    lines.flatMap((line) => /\bwhile talking to \[?([\w.-]{1,255}?)\]?\.?:/i.exec(line.slice(0, 4096))?.[1] ?? []),
  );
  const [host] = hosts;
  if (host === undefined || hosts.size > 1) return nobody;
  return { host: hostName(host), ip: isAddress(host) ? host : undefined, port: undefined };
}

function hostName(word: string | undefined): string | undefined {
  const name = word?.replace(/\.$/, "");
  return name !== undefined && !isAddress(name) && /^[\w-]{1,63}(?:\.[\w-]{1,63}){1,20}$/.test(name) ? name : undefined;
}
