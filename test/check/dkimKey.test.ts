// DKIM key records: keys that node:crypto made, in every form they are published in, and records that are none.
import assert from "node:assert/strict";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { test } from "node:test";
import { readKey } from "../../server/src/check/dkimKey.ts";
import { readModulus } from "../../server/src/check/rsaKey.ts";
import { readTags } from "../../server/src/check/tags.ts";
import { attacks } from "../support/nasty.ts";

function rsa(bits: number): KeyObject {
  return generateKeyPairSync("rsa", { modulusLength: bits }).publicKey;
}

function framed(key: KeyObject): Buffer {
  return key.export({ format: "der", type: "spki" });
}

const short = rsa(512);
const spki = framed(short).toString("base64");
const edwards = framed(generateKeyPairSync("ed25519").publicKey);

for (const bits of [512, 768, 1024, 1536, 2048, 4096]) {
  test(`an RSA key of ${bits} bits is measured in both of its forms`, () => {
    const key = rsa(bits);
    const bare = key.export({ format: "der", type: "pkcs1" });
    assert.deepEqual(readModulus(framed(key)), { bits, bare: false });
    assert.deepEqual(readModulus(bare), { bits, bare: true });
  });
}

test("a key whose modulus is not of whole bytes is measured in bits", () => {
  assert.deepEqual(readModulus(framed(rsa(1023))), { bits: 1023, bare: false });
});

test("a key that is cut off, has more behind it, or is of another kind is no RSA key", () => {
  const whole = framed(rsa(1024));
  for (let length = 0; length < whole.length; length++) assert.equal(readModulus(whole.subarray(0, length)), undefined);
  assert.equal(readModulus(Buffer.concat([whole, Buffer.of(0)])), undefined);
  assert.equal(readModulus(edwards), undefined);
  const curve = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey;
  assert.equal(readModulus(framed(curve)), undefined);
});

test("bytes with wrong types or lengths are no key, whatever they claim", () => {
  const whole = framed(short);
  for (let at = 0; at < whole.length; at++) {
    for (const byte of [0x00, 0x30, 0x80, 0x84, 0xff]) {
      const changed = Buffer.from(whole);
      changed[at] = byte;
      const found = readModulus(changed);
      assert.ok(found === undefined || found.bits <= 520, `byte ${at} as ${byte}`);
    }
  }
  for (const bytes of [[], [0x30], [0x30, 0x80], [0x30, 0x84, 0xff, 0xff, 0xff, 0xff], [0x30, 0x82, 0xff]]) {
    assert.equal(readModulus(Uint8Array.from(bytes)), undefined);
  }
});

test("a usual record gives its key, its limits and its flags", () => {
  assert.deepEqual(readKey(`v=DKIM1; k=rsa; h=sha1:sha256; s=email; t=y:s; n=note; p=${spki}`), {
    algorithm: "rsa",
    bits: 512,
    bare: false,
    hashes: ["sha1", "sha256"],
    testing: true,
    exact: true,
  });
});

test("v= and k= may be left out, and blanks may stand in the key", () => {
  const found = readKey(` p = ${spki.slice(0, 40)} \t ${spki.slice(40)} ;`);
  assert.ok("bits" in found);
  assert.deepEqual([found.algorithm, found.bits, found.hashes, found.testing], ["rsa", 512, undefined, false]);
});

test("an Ed25519 key is just its 32 bytes (RFC 8463), not the frame around them", () => {
  const plain = readKey(`v=DKIM1; k=ed25519; p=${edwards.subarray(-32).toString("base64")}`);
  assert.ok("bits" in plain);
  assert.deepEqual([plain.algorithm, plain.bits], ["ed25519", 256]);
  const wrapped = readKey(`v=DKIM1; k=ed25519; p=${edwards.toString("base64")}`);
  assert.deepEqual(wrapped, { fault: "damaged", detail: "p= holds 44 bytes, and an Ed25519 key has just 32" });
});

const faults: Readonly<Record<string, string>> = {
  "v=DKIM1; p=": "revoked",
  "v=DKIM1; p=  ": "revoked",
  "v=DKIM1; k=rsa": "no-key",
  "v=spf1 -all": "version",
  "v=DKIM2; p=AAAA": "version",
  "v=dkim1; p=AAAA": "version",
  "k=rsa; v=DKIM1; p=AAAA": "version",
  "some text": "syntax",
  "v=DKIM1; p=AAAA; p=BBBB": "syntax",
  "v=DKIM1; =x; p=AAAA": "syntax",
  "v=DKIM1; k=dsa; p=AAAA": "algorithm",
  "v=DKIM1; h=sha1; p=AAAA": "hash",
  "v=DKIM1; h=; p=AAAA": "hash",
  "v=DKIM1; s=tlsrpt; p=AAAA": "service",
  "v=DKIM1; p=AAAA": "damaged",
  "v=DKIM1; p=****": "damaged",
  "v=DKIM1; p=A": "damaged",
  [`v=DKIM1; p=${spki.slice(0, -8)}`]: "damaged",
  [`v=DKIM1; p=${spki}"`]: "damaged",
  [`v=DKIM1; p=${"A".repeat(20_000)}`]: "damaged",
};

for (const [record, fault] of Object.entries(faults)) {
  test(`a key record is ${fault}: ${record.slice(0, 60)}`, () => {
    const found = readKey(record);
    assert.equal("fault" in found ? found.fault : "none", fault);
  });
}

test("other services beside mail, and the wildcard, leave a key good for mail", () => {
  for (const services of ["*", "email", "tlsrpt:email", " other : * "]) {
    assert.ok("bits" in readKey(`v=DKIM1; s=${services}; p=${spki}`));
  }
});

test("a record is read to a value whatever stands in it", () => {
  for (const text of attacks) assert.ok("fault" in readKey(text) && "fault" in readKey(`v=DKIM1; p=${text}`));
});

test("tags keep the case of their names, values keep their signs, empty parts do not count", () => {
  const { tags, fault } = readTags(" a = b=c ;; A=d;\tz_9=\t;");
  assert.deepEqual(
    [...tags],
    [
      ["a", "b=c"],
      ["A", "d"],
      ["z_9", ""],
    ],
  );
  assert.equal(fault, undefined);
  assert.match(readTags("a=1; a=2").fault ?? "", /the tag a occurs twice/);
  assert.match(readTags("a").fault ?? "", /no tag=value/);
  assert.match(readTags(`a=${"x".repeat(70_000)}`).fault ?? "", /too long/);
  assert.equal(readTags(Array.from({ length: 500 }, (_, at) => `a${at}=1`).join(";")).tags.size, 100);
});
