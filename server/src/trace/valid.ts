// What may be believed of a log's text: names, addresses and signatures of the right form, and nothing else.
import type { Signature } from "../model.ts";
import {
  bareAddress,
  greeting,
  international,
  label,
  number,
  ownZone,
  signingDomain,
  signingSelector,
  unfit,
} from "./patterns.ts";

const longestName = 253;
const longestAddress = 254;

/** A domain of two labels or more, in small letters and without the root dot; undefined for anything else. */
export function domainIn(text: string): string | undefined {
  const name = nameIn(text);
  return name?.includes(".") ? name : undefined;
}

function nameIn(text: string): string | undefined {
  if (text.length > longestName + 1) return undefined;
  const name = asciiOf(text.endsWith(".") ? text.slice(0, -1) : text).toLowerCase();
  const labels = name.split(".");
  const sound = name.length <= longestName && labels.every((one) => label.test(one));
  return sound && !number.test(labels.at(-1) ?? "") ? name : undefined;
}

// "bücher.example" is "xn--bcher-kva.example" in the DNS (RFC 5891 4.4).
function asciiOf(name: string): string {
  const url = international.test(name) ? `http://${name}` : "";
  return URL.canParse(url) ? new URL(url).hostname : name;
}

/** The domain of an address, "joe@example.org" or "<joe@example.org>", or of a domain alone. */
export function domainOf(address: string): string | undefined {
  return domainIn(address.slice(address.lastIndexOf("@") + 1).replace(">", ""));
}

/** An envelope sender (RFC 5321 4.1.1.2), "" for the null sender; undefined when the text is neither. */
export function senderIn(text: string): string | undefined {
  if (text === "" || text === "<>") return "";
  const at = text.lastIndexOf("@");
  const fit = at > 0 && text.length <= longestAddress && !unfit.test(text);
  return fit && domainIn(text.slice(at + 1)) !== undefined ? text : undefined;
}

/** What a client or we said in HELO. */
export function heloIn(text: string): string | undefined {
  return greeting.test(text) ? text : undefined;
}

/** This host's name, as far as other hosts may know it: "mx1" and "mx1.lan" are no such names. */
export function ownNameIn(text: string): string | undefined {
  const name = domainIn(text);
  return name === undefined || ownZone.test(name) ? undefined : name;
}

/** A DKIM signature, when both names can stand in the DNS as "selector._domainkey.domain" (RFC 6376 3.6.2.1). */
export function signatureOf(selector: string, domain: string): Signature | undefined {
  const [key, owner] = [nameLikeIn(selector), domainIn(domain)];
  if (key === undefined || owner === undefined) return undefined;
  return `${key}._domainkey.${owner}`.length > longestName ? undefined : { selector: key, domain: owner };
}

// Selectors may be numbers: "20230601".
function nameLikeIn(text: string): string | undefined {
  const sound = text.length <= longestName && text.split(".").every((one) => label.test(one.toLowerCase()));
  return sound ? text : undefined;
}

/** The signature that a DKIM-Signature header names. */
export function signatureIn(header: string): Signature | undefined {
  const [domain, selector] = [signingDomain.exec(header)?.[1], signingSelector.exec(header)?.[1]];
  return domain === undefined || selector === undefined ? undefined : signatureOf(selector, domain);
}

/** Postfix cuts a header in its log at this length. */
const cutHeader = 200;

/** The domain of the last author in a From header's text: "Joe <joe@example.org>", "joe@example.org (Joe)". */
export function authorDomain(header: string): string | undefined {
  const text = withoutOrigin(header);
  const opening = text.lastIndexOf("<");
  const closing = text.indexOf(">", opening);
  if (opening >= 0) return closing < 0 ? undefined : domainOf(text.slice(opening + 1, closing));
  const bare = text.length >= cutHeader ? undefined : bareAddress.exec(text.trim())?.[1];
  return bare === undefined ? undefined : domainIn(bare);
}

// Postfix puts the client and the envelope behind a header: "… from client.example.net[192.0.2.1]; from=<…> to=<…>".
function withoutOrigin(header: string): string {
  const envelope = header.lastIndexOf("; from=<");
  const origin = envelope < 0 ? -1 : header.lastIndexOf(" from ", envelope);
  return origin < 0 ? header : header.slice(0, origin);
}
