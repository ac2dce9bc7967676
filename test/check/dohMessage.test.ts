// DNS messages as bytes: what is sent, and that no answer of a stranger, however broken, is believed or breaks anything.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Answer, decode, encode } from "dns-packet";
import type { DnsType } from "../../server/src/check/resolver.ts";
import { readAnswer, writeQuestion } from "../../server/src/node/dnsMessage.ts";

const name = "mail.example.net";
const asked = { name, type: "A" } as const;

/** The bytes of an answer to the question for `name`. */
function message(answers: readonly Answer[], { type = "A" as DnsType, flags = 0x180 } = {}): Buffer {
  return encode({ type: "response", id: 0, flags, questions: [{ name, type }], answers: [...answers] });
}

function alias(from: string, to: string, ttl = 60): Answer {
  return { type: "CNAME", name: from, data: to, ttl };
}

function host(owner: string, data = "81.2.69.160", ttl = 60): Answer {
  return { type: "A", name: owner, data, ttl };
}

test("a question is the plain minimum: ID 0, recursion wanted, one name, nothing about the client", () => {
  const bytes = writeQuestion({ name: "mail.example.net.", type: "A" });
  const wire = "0000 0100 0001 0000 0000 0000 046d61696c 076578616d706c65 036e6574 00 0001 0001";
  assert.equal(bytes?.toString("hex"), wire.replaceAll(" ", ""));
});

test("names that no message can hold are not sent", () => {
  const label = "x".repeat(63);
  const longest = `${label}.${label}.${label}.${"x".repeat(61)}`;
  assert.equal(longest.length, 253);
  for (const good of [`${label}.test`, longest, `${longest}.`, "_dmarc.example.net", "a b.test", "EXAMPLE.net"])
    assert.ok(writeQuestion({ name: good, type: "TXT" }), good);
  for (const bad of [
    `${label}x.test`,
    `${longest}x`,
    "a..test",
    ".test",
    "",
    ".",
    "a\n.test",
    "a\u0000.test",
    "\ud800",
  ])
    assert.equal(writeQuestion({ name: bad, type: "TXT" }), undefined, JSON.stringify(bad));
});

test("an internationalized name is sent as IDNA wants it", () => {
  const bytes = writeQuestion({ name: "_dmarc.bücher.example", type: "TXT" });
  assert.equal(decode(bytes ?? Buffer.alloc(0)).questions?.[0]?.name, "_dmarc.xn--bcher-kva.example");
});

test("records of each type become the text that plain DNS gives", () => {
  const cases: readonly (readonly [DnsType, Answer, string])[] = [
    ["A", host(name), "81.2.69.160"],
    ["AAAA", { type: "AAAA", name, data: "2a02:6b8:0:0:0:0:0:25", ttl: 60 }, "2a02:6b8::25"],
    ["PTR", { type: "PTR", name, data: "mx.example.net", ttl: 60 }, "mx.example.net"],
    ["MX", { type: "MX", name, data: { preference: 10, exchange: "mx.example.net" }, ttl: 60 }, "10 mx.example.net"],
    ["MX", { type: "MX", name, data: { preference: 0, exchange: "." }, ttl: 60 }, "0 ."],
    ["TXT", { type: "TXT", name, data: ["v=spf1 ", "-all"], ttl: 60 }, "v=spf1 -all"],
    ["TXT", { type: "TXT", name, data: [Buffer.from([0x61, 0xe9, 0])], ttl: 60 }, "aé\u0000"],
  ];
  for (const [type, record, text] of cases) {
    const answer = readAnswer(message([record], { type }), { name, type });
    assert.deepEqual(answer, { kind: "answer", records: [text], ttl: 60 });
  }
});

test("aliases are followed in any order and case, and the shortest TTL counts", () => {
  const records = [
    host("MX.example.org", "81.2.69.161", 300),
    alias("b.example.net", "mx.Example.org", 20),
    host("mx.example.org", "81.2.69.160", 400),
    alias("Mail.Example.net", "b.example.net", 100),
  ];
  const expected = { kind: "answer", records: ["81.2.69.161", "81.2.69.160"], ttl: 20 };
  assert.deepEqual(readAnswer(message(records), asked), expected);
});

test("records of another name, class or type than asked for are left aside", () => {
  const foreign: readonly Answer[] = [
    host("other.example.net", "127.0.0.2"),
    { ...host(name, "127.0.0.2"), class: "CH" } as Answer,
    { type: "TXT", name, data: "127.0.0.2", ttl: 60 },
  ];
  assert.deepEqual(readAnswer(message(foreign), asked), { kind: "nodata" });
  assert.deepEqual(readAnswer(message([...foreign, host(name)]), asked), {
    kind: "answer",
    records: ["81.2.69.160"],
    ttl: 60,
  });
});

test("aliases without an end, and a chain of dozens, are no answer", () => {
  const loop = [alias(name, "b.test"), alias("b.test", name)];
  assert.deepEqual(readAnswer(message(loop), asked), { kind: "invalid" });
  const names = Array.from({ length: 40 }, (_, at) => (at === 0 ? name : `${at}.test`));
  const chain = names.slice(1).map((to, at) => alias(names[at] ?? "", to));
  assert.deepEqual(readAnswer(message([...chain, host("39.test")]), asked), { kind: "invalid" });
});

test("what a server says besides records keeps its name", () => {
  const said = (rcode: number) => readAnswer(message([], { flags: 0x180 | rcode }), asked);
  assert.deepEqual(said(0), { kind: "nodata" });
  assert.deepEqual(said(2), { kind: "servfail" });
  assert.deepEqual(said(3), { kind: "nxdomain" });
  assert.deepEqual(said(5), { kind: "refused" });
  for (const other of [1, 4, 6, 9, 11]) assert.deepEqual(said(other), { kind: "servfail" });
  const bare = encode({ type: "response", id: 0, flags: 0x185, questions: [] });
  assert.deepEqual(readAnswer(bare, asked), { kind: "refused" }, "without the question");
});

test("a TTL that is out of range counts as 0", () => {
  const answer = readAnswer(message([host(name, "81.2.69.160", 0x80000000)]), asked);
  assert.ok(answer.kind === "answer");
  assert.equal(answer.ttl, 0);
});

test("an answer to another question is no answer", () => {
  const sound = message([host(name)]);
  assert.deepEqual(readAnswer(sound, { name: "other.example.net", type: "A" }), { kind: "invalid" });
  assert.deepEqual(readAnswer(sound, { name, type: "AAAA" }), { kind: "invalid" });
  assert.deepEqual(readAnswer(message([], { flags: 0x183 }), { name: "x.test", type: "A" }), { kind: "invalid" });
  assert.deepEqual(readAnswer(encode({ type: "response", flags: 0x180 }), asked), { kind: "invalid" }, "no question");
  const query = writeQuestion(asked) ?? Buffer.alloc(0);
  assert.deepEqual(readAnswer(query, asked), { kind: "invalid" }, "our own question");
});

test("an answer that is cut off is no answer, wherever it was cut", () => {
  const type = "TXT";
  const whole = message([{ type, name, data: ["v=spf1 ip4:81.2.69.160", "-all"], ttl: 60 }], { type });
  for (let length = 0; length < whole.length; length++)
    assert.deepEqual(readAnswer(whole.subarray(0, length), { name, type }), { kind: "invalid" }, `${length} bytes`);
  assert.equal(readAnswer(whole, { name, type }).kind, "answer");
  const addresses = message([host(name)]);
  for (let length = 0; length < addresses.length; length++)
    assert.deepEqual(readAnswer(addresses.subarray(0, length), asked), { kind: "invalid" }, `${length} bytes`);
  assert.deepEqual(
    readAnswer(message([host(name)], { flags: 0x380 }), asked),
    { kind: "invalid" },
    "it says so itself",
  );
});

/** A response with the sound question and one answer of these bytes. */
function withAnswer(...bytes: number[]): Buffer {
  const head = Buffer.from(message([]));
  head.writeUInt16BE(1, 6);
  return Buffer.concat([head, Buffer.from(bytes)]);
}

test("names that point at themselves, forwards or nowhere are no answer", () => {
  const here = message([]).length;
  const pointers = [
    [0xc0, here],
    [0xc0, here + 1],
    [0xff, 0xff],
    [0xc0],
    [0x01, 0x61, 0xc0, here],
    [0x40, 0x61],
    [0x80, 0x61],
  ];
  for (const pointer of pointers)
    assert.deepEqual(readAnswer(withAnswer(...pointer, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 1, 2, 3, 4), asked), {
      kind: "invalid",
    });
});

test("data that is longer or shorter than its type is no answer", () => {
  const head = [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60];
  assert.equal(readAnswer(withAnswer(...head, 0, 4, 81, 2, 69, 160), asked).kind, "answer");
  assert.deepEqual(readAnswer(withAnswer(...head, 0, 4, 81, 2), asked), { kind: "invalid" });
  assert.deepEqual(readAnswer(withAnswer(...head, 0, 4), asked), { kind: "invalid" });
  assert.deepEqual(readAnswer(withAnswer(...head, 0, 3, 81, 2, 69), asked), { kind: "invalid" });
  const text = { name, type: "TXT" } as const;
  const txt = Buffer.from(withAnswer(0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0xff, 0xff, 200, 0x61));
  txt.writeUInt16BE(16, 12 + name.length + 2);
  assert.deepEqual(readAnswer(txt, text), { kind: "invalid" });
});

test("counts that promise thousands of records that are not there are no answer", () => {
  const promising = Buffer.from(message([host(name)]));
  for (const at of [4, 6, 8, 10]) {
    const copy = Buffer.from(promising);
    copy.writeUInt16BE(65_535, at);
    assert.deepEqual(readAnswer(copy, asked), { kind: "invalid" });
  }
});

test("the largest message of nothing but pointers to pointers is read in little time", () => {
  const head = Buffer.from(message([]));
  const chain = Buffer.alloc(16_000);
  // The chain stands in the data of a record of no known type; every name after it begins at its end.
  const carrier = Buffer.from([0xc0, 12, 0xff, 0xfa, 0, 1, 0, 0, 0, 60, chain.length >> 8, chain.length & 255]);
  const begin = head.length + carrier.length;
  for (let at = 0; at < chain.length; at += 2) chain.writeUInt16BE(0xc000 | (at === 0 ? 12 : begin + at - 2), at);
  const last = 0xc000 | (begin + chain.length - 2);
  const one = Buffer.from([last >> 8, last & 255, 0xff, 0xfa, 0, 1, 0, 0, 0, 60, 0, 0]);
  const many = Math.floor((65_535 - head.length - carrier.length - chain.length) / one.length);
  const all = Buffer.concat([head, carrier, chain, ...Array.from({ length: many }, () => one)]);
  all.writeUInt16BE(many + 1, 6);
  const start = performance.now();
  const { kind } = readAnswer(all, asked);
  assert.equal(kind, "nodata");
  assert.ok(performance.now() - start < 10_000, `${performance.now() - start} ms`);
});

test("no change of bytes makes reading throw", () => {
  const sound = message([alias(name, "b.test"), host("b.test"), { type: "TXT", name, data: ["a", "b"], ttl: 1 }]);
  let seed = 20_261_123;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const kinds = new Set<string>();
  for (let round = 0; round < 5_000; round++) {
    const broken = Buffer.from(sound);
    for (let changes = 1 + random(4); changes > 0; changes--) broken[random(broken.length)] = random(256);
    kinds.add(readAnswer(broken.subarray(0, broken.length - random(3)), asked).kind);
  }
  assert.ok(kinds.has("invalid") && kinds.has("answer"), [...kinds].join(" "));
});
