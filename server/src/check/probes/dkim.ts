// Are the DKIM keys of the signatures that the log names in order? Selectors are never guessed.
import type { Signature, Subject } from "../../model.ts";
import { publicDomain } from "../authentication.ts";
import { type DkimKey, type KeyFault, readKey } from "../dkimKey.ts";
import { type Judgement, type Probe, type ProbeContext, type Question, shown, unanswered } from "../probe.ts";

/** The probe of DKIM keys; asks only for signatures that are known. */
export const dkimProbe: Probe = { id: "dkim", plan };

const mostSignatures = 5;

function plan({ mail }: Subject): readonly Question[] {
  const places = mail.signatures.map(placeOf).filter((place) => place !== undefined);
  const different = places.filter(({ name }, at) => places.findIndex((place) => place.name === name) === at);
  const some = different.slice(0, mostSignatures);
  return some.map((place, at) => question(place, { at, only: some.length === 1 }));
}

/** Where a key stands. */
interface Place {
  readonly selector: string;
  readonly domain: string;
  readonly name: string;
}

function placeOf({ selector, domain }: Signature): Place | undefined {
  const name = publicDomain(`${selector}._domainkey.${domain}`);
  const of = publicDomain(domain);
  return name === undefined || of === undefined ? undefined : { selector: selector.toLowerCase(), domain: of, name };
}

function question(place: Place, { at, only }: { readonly at: number; readonly only: boolean }): Question {
  const { name, selector, domain } = place;
  return {
    id: at === 0 ? "dkim" : `dkim-${at + 1}`,
    question: `Is the DKIM key "${shown(selector)}" of ${domain} in order?`,
    what: `the DKIM key ${name}`,
    whom: `the name servers of ${domain}`,
    answer: (context) => judgeKey(place, only, context),
  };
}

async function judgeKey(place: Place, only: boolean, { ask }: ProbeContext): Promise<Judgement> {
  const { name, domain } = place;
  const answer = await ask(name, "TXT");
  if (answer.kind === "nxdomain" || answer.kind === "nodata") return missing(place, answer.kind);
  if (answer.kind !== "answer") {
    const brief = answer.kind === "cancelled" ? undefined : `the DKIM key of ${domain} could not be read`;
    return unanswered(answer.kind, { brief, so: "So it is not known whether the key is in order." });
  }
  const [record = "", ...more] = answer.records;
  const details = answer.records.slice(0, 5).map((text) => `${name}: ${shown(text)}`);
  if (more.length > 0) return { ...several(place, answer.records.length), details };
  const key = readKey(record);
  return { ...("fault" in key ? unusable(place, key) : judged(place, key, only)), details };
}

function failed(
  { domain }: Place,
  words: { readonly brief: string; readonly answer: string; readonly remedy: string },
): Judgement {
  const { brief, answer, remedy } = words;
  const so = `Signatures of ${domain} by it count as none.`;
  return { verdict: "fail", brief, answer: `${answer} ${so}`, remedy, link: undefined, turn: "you" };
}

function missing(place: Place, kind: "nxdomain" | "nodata"): Judgement {
  return failed(place, {
    brief: `the DKIM key ${place.name} is missing`,
    answer: `There is no key at ${place.name} (${kind.toUpperCase()}), and receivers look for it there.`,
    remedy: `Publish the public key as a TXT record at ${place.name}, or set the signing program to the selector whose key is published.`,
  });
}

function several(place: Place, count: number): Judgement {
  return failed(place, {
    brief: `${place.name} holds ${count} TXT records instead of one key`,
    answer: `${place.name} holds ${count} TXT records, and only one may stand there (RFC 6376 3.6.2.2): receivers take any of them, or none.`,
    remedy: "Keep the record with the key that the signing program uses, and remove the others.",
  });
}

function unusable(place: Place, { fault, detail }: KeyFault): Judgement {
  const { says, remedy } = faults[fault];
  const brief =
    fault === "revoked" ? `the DKIM key ${place.name} is revoked` : `the DKIM key ${place.name} cannot be used`;
  return failed(place, { brief, answer: `${says} (${shown(detail)}).`, remedy });
}

const publishAnew =
  "Publish the record anew, just as the signing program's key tool prints it, with nothing cut off and nothing added.";

const faults: Readonly<Record<KeyFault["fault"], { readonly says: string; readonly remedy: string }>> = {
  syntax: { says: "The record is no list of tags", remedy: publishAnew },
  version: { says: "The record is no DKIM1 key", remedy: publishAnew },
  "no-key": { says: "The record holds no key", remedy: publishAnew },
  damaged: { says: "The key is damaged", remedy: publishAnew },
  revoked: {
    says: "The key is revoked",
    remedy: "Set the signing program to a selector whose key is in force, or make a new key under a new selector.",
  },
  algorithm: {
    says: "The kind of key is not one that receivers know",
    remedy: "Make an RSA key of 2048 bits and publish it with k=rsa.",
  },
  hash: {
    says: "The record does not allow sha256, the only hash that still counts (RFC 8301)",
    remedy: "Remove the h= tag, or write h=sha256, and sign with rsa-sha256.",
  },
  service: {
    says: "The record says that the key is not for mail",
    remedy: "Remove the s= tag, or write s=email.",
  },
};

function judged(place: Place, key: DkimKey, only: boolean): Judgement {
  if (key.algorithm === "rsa" && key.bits < 1024) return tooShort(place, key);
  const notes = notesOf(key, only);
  const kind = key.algorithm === "rsa" ? `RSA, ${key.bits} bits` : "Ed25519";
  const limit = "Whether the signature verifies cannot be seen from here: a log does not hold the message.";
  const weak = key.algorithm === "rsa" && key.bits < 2048;
  return {
    verdict: "pass",
    brief: `the DKIM key of ${place.domain} is ${weak ? `short (${key.bits} bits)` : "in order"}${key.testing ? " but marked as a test" : ""}`,
    answer: [`There is a key at ${place.name} (${kind}).`, ...notes.map(({ says }) => says), limit].join(" "),
    remedy:
      notes
        .map(({ remedy }) => remedy)
        .filter((remedy) => remedy !== "")
        .join(" ") || undefined,
    link: undefined,
    turn: notes.some(({ remedy }) => remedy !== "") ? "you" : undefined,
  };
}

// RFC 8301 3.2: receivers must not count signatures by shorter keys.
function tooShort(place: Place, { bits }: DkimKey): Judgement {
  return failed(place, {
    brief: `the DKIM key of ${place.domain} is too short (${bits} bits)`,
    answer: `The RSA key at ${place.name} has ${bits} bits, and receivers must not accept fewer than 1024 (RFC 8301).`,
    remedy: "Make a key of 2048 bits, publish it under a new selector, and set the signing program to that one.",
  });
}

interface Note {
  readonly says: string;
  readonly remedy: string;
}

function notesOf(key: DkimKey, only: boolean): readonly Note[] {
  const rsa = key.algorithm === "rsa";
  const notes: readonly (Note | false)[] = [
    rsa &&
      key.bits < 2048 && {
        says: "Keys under 2048 bits are weak, though still accepted.",
        remedy: "Make a key of 2048 bits under a new selector.",
      },
    rsa &&
      key.bits > 4096 && {
        says: "Receivers need not verify with keys over 4096 bits.",
        remedy: "Make a key of 2048 bits under a new selector.",
      },
    rsa &&
      key.bare && {
        says: "It is written in the bare form (PKCS #1), which not every receiver reads.",
        remedy: publishAnew,
      },
    !rsa &&
      only && {
        says: "Many receivers cannot verify Ed25519 yet, and no other signature is known.",
        remedy: "Sign with an RSA key of 2048 bits as well (RFC 8463 recommends both).",
      },
    key.testing && {
      says: "t=y marks it as a test: receivers treat such mail as if it were not signed.",
      remedy: "Remove t=y when the test is over.",
    },
    key.exact && {
      says: "t=s: the signer's identity (i=) must be of just this domain, not of one below it.",
      remedy: "",
    },
    (key.hashes?.includes("sha1") ?? false) && {
      says: "It still allows sha1; a signature made with rsa-sha1 counts as none (RFC 8301).",
      remedy: "Sign with rsa-sha256.",
    },
  ];
  return notes.filter((note) => note !== false);
}
