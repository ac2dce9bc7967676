// Finds the modulus of an RSA public key in DER (RFC 8017 A.1.1, RFC 5280 4.1.2.7): its length is what counts.

/** An RSA key's length, and in which form it was written. */
export interface Modulus {
  readonly bits: number;
  /** True for the bare form of PKCS #1. */
  readonly bare: boolean;
}

/** The modulus of a whole key in either form; undefined for anything else, a key that is cut off among it. */
export function readModulus(bytes: Uint8Array): Modulus | undefined {
  const outer = readValue(bytes, sequence);
  if (outer === undefined || outer.rest.length > 0) return undefined;
  const bare = readKey(outer.value);
  if (bare !== undefined) return { bits: bare, bare: true };
  const inner = framed(outer.value);
  const bits = inner === undefined ? undefined : readKey(inner);
  return bits === undefined ? undefined : { bits, bare: false };
}

const integer = 0x02;
const bitString = 0x03;
const objectId = 0x06;
const sequence = 0x30;
// 1.2.840.113549.1.1.1, rsaEncryption.
const rsaEncryption = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

/** The key inside SubjectPublicKeyInfo: algorithm, then the key as a bit string without unused bits. */
function framed(bytes: Uint8Array): Uint8Array | undefined {
  const algorithm = readValue(bytes, sequence);
  const id = algorithm && readValue(algorithm.value, objectId);
  const isRsa = id?.value.length === rsaEncryption.length && rsaEncryption.every((byte, at) => id.value[at] === byte);
  const key = algorithm && readValue(algorithm.rest, bitString);
  if (!isRsa || key === undefined || key.rest.length > 0 || key.value[0] !== 0) return undefined;
  const inner = readValue(key.value.subarray(1), sequence);
  return inner === undefined || inner.rest.length > 0 ? undefined : inner.value;
}

/** The bits of the modulus of "modulus, exponent". */
function readKey(bytes: Uint8Array): number | undefined {
  const modulus = readValue(bytes, integer);
  const exponent = modulus && readValue(modulus.rest, integer);
  if (modulus === undefined || exponent === undefined || exponent.rest.length > 0) return undefined;
  const start = modulus.value.findIndex((byte) => byte !== 0);
  const first = modulus.value[start];
  return first === undefined ? undefined : (modulus.value.length - start - 1) * 8 + (32 - Math.clz32(first));
}

interface Read {
  readonly value: Uint8Array;
  readonly rest: Uint8Array;
}

/** The value of this type at the beginning, and what follows it. */
function readValue(bytes: Uint8Array, type: number): Read | undefined {
  const [found, first = 0x80] = bytes;
  if (found !== type) return undefined;
  // X.690 8.1.3: a short length, or how many bytes the length has; two are plenty for a key in a DNS record.
  const count = first < 0x80 ? 0 : first - 0x80;
  if (first === 0x80 || count > 2) return undefined;
  const length = count === 0 ? first : bytes.subarray(2, 2 + count).reduce((sum, byte) => sum * 256 + byte, 0);
  const start = 2 + count;
  return bytes.length < start + length
    ? undefined
    : { value: bytes.subarray(start, start + length), rest: bytes.subarray(start + length) };
}
