// Words for what SPF says short of a pass: why, and what to put right in which record.
import type { Address } from "../model.ts";
import type { SpfFault, SpfResult } from "./mailAuth.ts";

/** What the words are about. */
interface Case {
  readonly domain: string;
  readonly result: SpfResult;
}

interface Words {
  readonly answer: string;
  readonly remedy: string | undefined;
}

/** The term that covers just this address. */
export function termFor({ family, text }: Address): string {
  return `ip${family}:${text}`;
}

/** What to do about a pass by a term that lets nearly anybody send: Gmail among others holds such a record against the domain; undefined for other terms. */
export function tooWide({ matched = "", at }: SpfResult): Words | undefined {
  const [, family, bits = "128"] = /^\+?ip([46]):[^/]*(?:\/(\d+))?$/i.exec(matched) ?? [];
  const wide = /^\+?all$/i.test(matched) || (family !== undefined && Number(bits) <= (family === "4" ? 8 : 16));
  if (!wide) return undefined;
  return {
    answer: "That lets nearly the whole internet send for the domain, and some providers mark it down for that.",
    remedy: `Replace ${matched} in the SPF record of ${at} by the addresses that do send, and end the record with ~all or -all.`,
  };
}

/** Words for a result that is no pass and no error. */
export function resultWords(
  word: "fail" | "softfail" | "neutral",
  { domain, result, address }: Case & { readonly address: Address },
): Words {
  const { matched, at } = result;
  const where = at === undefined || at === domain ? "" : ` in the record of ${at}`;
  const by = matched === undefined ? "no term of it covers the address" : `${matched}${where} is what decides`;
  const add = `Add ${termFor(address)} to the SPF record of ${owner(domain, result)}, before its "all" term if it has one; such a term costs no look-up.`;
  const whose = `If ${domain} is not yours, because you forward mail, give forwarded mail an envelope sender of your own (SRS). If the mail should have left by another server, send it by that one.`;
  return {
    answer: `SPF says ${word}: ${meanings[word]} In the record of ${domain}, ${by}.`,
    remedy: `${add} ${whose}`,
  };
}

const meanings = {
  fail: "the domain declares that this address may not send for it.",
  softfail: "the domain holds that this address probably may not send for it. Most providers count that as no pass.",
  neutral: "the domain neither allows nor forbids this address. Providers that require SPF count that as no pass.",
};

// Behind redirect= it is the other record that has to name the address.
function owner(domain: string, { record, at }: SpfResult): string {
  const redirects = / redirect=/i.test(record ?? "") && at !== undefined && at !== domain;
  return redirects ? `${at}, to which ${domain} redirects` : domain;
}

/** Words for an evaluation that came to no result. */
export function faultWords(fault: SpfFault, of: Case): Words {
  const { answer, remedy } = faults[fault](of);
  return { answer: `${answer} ${consequences[of.result.result] ?? ""}`.trim(), remedy };
}

const consequences: Readonly<Partial<Record<SpfResult["result"], string>>> = {
  permerror: "Receivers then treat the domain as if SPF had failed or were not there (permerror).",
  temperror: "So SPF has no result now (temperror).",
};

const faults: Readonly<Record<SpfFault, (of: Case) => Words>> = {
  "too-many-lookups": tooManyLookups,
  "too-many-empty": ({ domain }) => ({
    answer: `Evaluating the record of ${domain} meets more than two names that do not exist or hold no such record, and no more are allowed (RFC 7208 4.6.4).`,
    remedy: "Remove the terms whose names lead nowhere; the raw answers of this row show which.",
  }),
  "several-records": ({ result }) => ({
    answer: `${quoted(result)} publishes more than one SPF record.`,
    remedy: "Join them into one TXT record that begins with v=spf1 once and ends with one all term.",
  }),
  "reference-without-record": ({ domain, result }) => ({
    answer: `The record of ${domain} refers to ${quoted(result)}, which publishes no SPF record.`,
    remedy: "Remove or correct that include: or redirect= term.",
  }),
  "not-ascii": ({ domain }) => ({
    answer: `The record of ${domain}, or one it refers to, holds characters that are not allowed, often typographic quotes or hyphens from a word processor.`,
    remedy: "Type the record anew in plain ASCII.",
  }),
  "no-such-name": ({ domain, result }) => ({
    answer: `The record of ${domain} leads to "${quoted(result)}", which is no domain name.`,
    remedy: "Correct the domain in that term.",
  }),
  syntax: ({ domain, result }) => ({
    answer: `The record of ${domain}, or one it refers to, has a fault of syntax: ${quoted(result)}.`,
    remedy: "Correct that term; a single faulty one spoils the whole record.",
  }),
  dns: ({ result }) => ({ answer: `A question got no answer: ${quoted(result)}.`, remedy: undefined }),
  library: ({ result }) => ({ answer: `The evaluation itself failed: ${quoted(result)}.`, remedy: undefined }),
};

function tooManyLookups({ domain, result }: Case): Words {
  const { count, limit } = result.lookups;
  return count > limit
    ? {
        answer: `Evaluating the record of ${domain} takes more than the ${limit} look-ups that are allowed (RFC 7208 4.6.4).`,
        remedy:
          "Remove include, a, mx, ptr and exists terms that are not needed any more, or write the addresses themselves as ip4: and ip6: terms, which cost none.",
      }
    : {
        answer: `An mx term in the record of ${domain} leads to more than ${limit} hosts, and no more are allowed (RFC 7208 4.6.4).`,
        remedy: "Replace that mx term by the addresses themselves, as ip4: and ip6: terms.",
      };
}

function quoted({ problem }: SpfResult): string {
  return problem === undefined || problem === "" ? "(not known)" : problem;
}
