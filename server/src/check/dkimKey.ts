// Reads a DKIM key record (RFC 6376 3.6.1): what kind of key it is, how long, and what is wrong with it.
import { readModulus } from "./rsaKey.ts";
import { readItems, readTags } from "./tags.ts";

/** A key record. */
export interface DkimKey {
  readonly algorithm: "rsa" | "ed25519";
  /** Length in bits: 256 for Ed25519, of the modulus for RSA. */
  readonly bits: number;
  /** True for an RSA key in the bare form of PKCS #1 (RFC 8017 A.1.1), which not every receiver reads. */
  readonly bare: boolean;
  /** The hash algorithms that it allows, in small letters; undefined when it allows all. */
  readonly hashes: readonly string[] | undefined;
  /** t=y: the domain is still testing, so a signature with this key is taken for none at all. */
  readonly testing: boolean;
  /** t=s: the signer's identity must be of just this domain. */
  readonly exact: boolean;
}

/** Why a record is no key to go by. */
export interface KeyFault {
  readonly fault: "syntax" | "version" | "revoked" | "no-key" | "algorithm" | "hash" | "service" | "damaged";
  /** The part that is at fault, a clause of ours or a stranger's text. */
  readonly detail: string;
}

/** The key of one TXT record, or why it is none. */
export function readKey(record: string): DkimKey | KeyFault {
  const { tags, fault } = readTags(record);
  if (fault !== undefined) return { fault: "syntax", detail: fault };
  const version = tags.get("v");
  // RFC 6376 3.6.1: v= may be left out; where it stands it stands first.
  if (version !== undefined && (version !== "DKIM1" || [...tags.keys()][0] !== "v")) {
    return { fault: "version", detail: version === "DKIM1" ? "v=DKIM1 does not stand first" : `v=${version}` };
  }
  const key = tags.get("p")?.replace(/\s+/g, "");
  if (key === undefined) return { fault: "no-key", detail: "it has no p= tag" };
  if (key === "") return { fault: "revoked", detail: "p= is empty" };
  return unusable(tags) ?? withKey(tags, key);
}

function unusable(tags: ReadonlyMap<string, string>): KeyFault | undefined {
  const hashes = readItems(tags.get("h"));
  if (hashes !== undefined && !hashes.includes("sha256")) return { fault: "hash", detail: `h=${tags.get("h")}` };
  const services = readItems(tags.get("s"));
  if (services !== undefined && !services.some((one) => one === "*" || one === "email")) {
    return { fault: "service", detail: `s=${tags.get("s")}` };
  }
  return undefined;
}

function withKey(tags: ReadonlyMap<string, string>, key: string): DkimKey | KeyFault {
  const algorithm = (tags.get("k") ?? "rsa").toLowerCase();
  const bytes = decode(key);
  if (bytes === undefined) return { fault: "damaged", detail: "p= is not base64" };
  const flags = readItems(tags.get("t")) ?? [];
  const rest = { hashes: readItems(tags.get("h")), testing: flags.includes("y"), exact: flags.includes("s") };
  if (algorithm === "ed25519") return ed25519(bytes, rest);
  if (algorithm !== "rsa") return { fault: "algorithm", detail: `k=${tags.get("k")}` };
  const modulus = readModulus(bytes);
  if (modulus === undefined) return { fault: "damaged", detail: "p= holds no whole RSA key" };
  return { algorithm, ...modulus, ...rest };
}

// RFC 8463 4: the 32 bytes of the key themselves, without the frame that other keys have.
function ed25519(bytes: Uint8Array, rest: Pick<DkimKey, "hashes" | "testing" | "exact">): DkimKey | KeyFault {
  return bytes.length === 32
    ? { algorithm: "ed25519", bits: 256, bare: false, ...rest }
    : { fault: "damaged", detail: `p= holds ${bytes.length} bytes, and an Ed25519 key has just 32` };
}

const longest = 8_192;

function decode(base64: string): Uint8Array | undefined {
  if (base64.length > longest || !/^[a-z0-9+/]+={0,2}$/i.test(base64)) return undefined;
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}
