// Addresses: strict reading, canonical text, classes, reversed names.
import assert from "node:assert/strict";
import { isIP } from "node:net";
import { test } from "node:test";
import { readAddress, reversed, reverseName } from "../../server/src/check/address.ts";

function read(text: string) {
  const address = readAddress(text);
  assert.ok(address, `${text} is an address`);
  return address;
}

test("addresses are read and written canonically", () => {
  const canonical = {
    "81.2.69.160": "81.2.69.160",
    " 81.2.69.160\n": "81.2.69.160",
    "2A02:06B8:0000:0000:0000:0000:0000:0025": "2a02:6b8::25",
    "2a02:6b8:0:1:0:0:0:1": "2a02:6b8:0:1::1",
    "2a02:0:0:1:0:0:1:1": "2a02::1:0:0:1:1",
    "2a02:6b8:0:1:1:1:1:1": "2a02:6b8:0:1:1:1:1:1",
    "2a02:6b8::1:1:1:1:1": "2a02:6b8:0:1:1:1:1:1",
    "1:2:3:4:5:6:7::": "1:2:3:4:5:6:7:0",
    "::": "::",
    "::1": "::1",
    "fe80::": "fe80::",
    "64:ff9b::81.2.69.160": "64:ff9b::5102:45a0",
  };
  for (const [text, expected] of Object.entries(canonical)) assert.equal(read(text).text, expected, text);
});

test("an IPv4-mapped address is the IPv4 address that sent the mail", () => {
  for (const text of ["::ffff:81.2.69.160", "::FFFF:5102:45a0", "0:0:0:0:0:ffff:81.2.69.160"]) {
    const { text: canonical, family } = read(text);
    assert.deepEqual([canonical, family], ["81.2.69.160", 4]);
  }
});

test("what only looks like an address is refused", () => {
  const wrong = [
    ..."| |1|1.2.3|1.2.3.4.5|256.1.1.1|010.0.0.1|01.2.3.4|0x7f.1|0x7f.0.0.1|2130706433|1.2.3.4 5|1..2.3|1.2.3.|.1.2.3|-1.2.3.4|1.2.3.4/24".split(
      "|",
    ),
    ..."1.2.3.4:25|[1.2.3.4]|١.2.3.4|:|:::|1:::2|1::2::3|1:2:3:4:5:6:7|1:2:3:4:5:6:7:8:9|1:2:3:4:5:6:7:8::|::1:2:3:4:5:6:7:8".split(
      "|",
    ),
    ..."12345::|g::1|fe80::1%eth0|::1.2.3|::1.2.3.256|1.2.3.4::|::1.2.3.4:5|:1:2:3:4:5:6:7|1:2:3:4:5:6:7:|[::1]|example.com".split(
      "|",
    ),
    "1".repeat(100_000),
    `${":".repeat(100_000)}1`,
  ];
  for (const text of wrong) assert.equal(readAddress(text), undefined, JSON.stringify(text.slice(0, 50)));
});

test("what is an address is decided as Node does, over 20,000 distorted ones, and its text is read back the same", () => {
  const seeds = ["81.2.69.160", "2a02:6b8:0:1::25", "::ffff:81.2.69.160", "::1", "1:2:3:4:5:6:7:8", "64:ff9b::1.2.3.4"];
  let state = 1;
  const random = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  for (let round = 0; round < 20_000; round++) {
    let text = seeds[random(seeds.length)] ?? "";
    for (let edits = random(3) + 1; edits > 0; edits--) {
      const at = random(text.length + 1);
      text = text.slice(0, at) + (":.0159af"[random(9)] ?? "") + text.slice(at + random(2));
    }
    const read = readAddress(text);
    assert.equal(read !== undefined, isIP(text) !== 0, text);
    if (read !== undefined) assert.deepEqual(readAddress(read.text), read, text);
  }
});

const classes = {
  public:
    "1.1.1.1 9.255.255.255 11.0.0.0 81.2.69.160 100.63.255.255 100.128.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.167.255.255 198.17.255.255 198.20.0.0 223.255.255.255 2a02:6b8::25 2001:200::1 2001:4860:4860::8888 2000::1 3ffe::1 2003::1",
  private: "10.0.0.0 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1 ::ffff:10.0.0.1",
  cgnat: "100.64.0.0 100.100.1.2 100.127.255.255",
  loopback: "127.0.0.1 127.255.255.255 ::1",
  "link-local": "169.254.1.1 fe80::1 febf::1",
  documentation: "192.0.2.1 198.51.100.7 203.0.113.255 2001:db8::1 2001:db8:ffff::1 3fff::1 3fff:fff::1",
  benchmark: "198.18.0.1 198.19.255.255 2001:2::1",
  multicast: "224.0.0.1 239.255.255.255 ff02::1",
  reserved:
    "192.0.0.1 240.0.0.1 255.255.255.255 100::1 100::ffff:ffff:ffff:ffff 100:0:0:1::1 2001:10::1 2001:1f:ffff::1 2001:20::1 2001:2f:ffff::1 2001:30::1 2001:1ff::1 5f00::1 5f00:ffff::1 fec0::1 feff::1 1::1 4000::1 ::2 e000::1",
  unspecified: "0.0.0.0 0.1.2.3 ::",
  transition: "192.88.99.1 64:ff9b::1 64:ff9b:1::1 2001::1 2002:5102:45a0::1",
  "unique-local": "fc00::1 fdff::1",
};

for (const [name, texts] of Object.entries(classes)) {
  test(`${name} addresses are told from all others`, () => {
    for (const text of texts.split(" ")) assert.equal(read(text).class, name, text);
  });
}

test("every address that is not public explains itself and names no jargon without saying it", () => {
  for (const text of Object.values(classes).join(" ").split(" ")) {
    const { class: kind, explanation, text: canonical } = read(text);
    if (kind === "public") assert.equal(explanation, undefined);
    else assert.ok(explanation?.startsWith(`${canonical} `) && explanation.endsWith("."), `${text}: ${explanation}`);
  }
});

test("CGNAT, private and documentation addresses say what they mean in a log and where the public one is", () => {
  assert.match(read("100.64.3.4").explanation ?? "", /carrier-grade NAT.*never saw it.*in brackets.*port 587/);
  assert.match(read("192.168.1.5").explanation ?? "", /only inside your network.*in brackets/);
  assert.match(read("203.0.113.7").explanation ?? "", /examples in documents.*sample.*type that one/);
});

test("CGNAT and private addresses are explained in words of their own", () => {
  const [cgnat = "", inside = ""] = ["100.64.3.4", "10.1.2.3"].map((text) => read(text).explanation ?? "");
  assert.match(cgnat, /no public address of its own.*many customers share one/);
  assert.doesNotMatch(inside, /carrier|share/);
  assert.match(inside, /router or firewall translates/);
  assert.doesNotMatch(cgnat, /router or firewall/);
});

test("rare special ranges say what they are, and where the public address is", () => {
  const meanings = {
    "192.0.0.2": /inside a tunnel/,
    "100::1": /throw away on purpose/,
    "100:0:0:1::1": /dummy address/,
    "2001:10::1": /ORCHID, RFC 4843, withdrawn/,
    "2001:20::1": /ORCHID, RFC 7343/,
    "2001:30::1": /drone/,
    "5f00::1": /SRv6/,
    "fec0::1": /site-local.*only inside your network/,
  };
  for (const [text, meaning] of Object.entries(meanings)) {
    assert.match(read(text).explanation ?? "", meaning, text);
    assert.match(read(text).explanation ?? "", /Look for the public address/, text);
  }
});

test("an address of a translation names the IPv4 address inside it", () => {
  assert.match(
    read("64:ff9b::81.2.69.160").explanation ?? "",
    /carries the IPv4 address 81\.2\.69\.160: check that one/,
  );
  assert.match(read("2002:5102:45a0::1").explanation ?? "", /81\.2\.69\.160/);
  assert.match(read("2001:0:4136:e378:8000:63bf:aefd:ba5f").explanation ?? "", /81\.2\.69\.160/);
  assert.match(read("2002:0a00:0001::1").explanation ?? "", /carries 10\.0\.0\.1, which is no public address/);
});

test("the name in reverse DNS is under in-addr.arpa or ip6.arpa, for a mapped address under the first", () => {
  assert.equal(reverseName(read("81.2.69.160")), "160.69.2.81.in-addr.arpa");
  assert.equal(reverseName(read("::ffff:81.2.69.160")), "160.69.2.81.in-addr.arpa");
  const v6 = reverseName(read("2a02:6b8::25"));
  assert.equal(v6, "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.6.0.2.0.a.2.ip6.arpa");
  assert.equal(v6.split(".").length, 34);
});

test("an address is reversed by octets, or by all 32 nibbles", () => {
  assert.equal(reversed(read("203.0.113.7")), "7.113.0.203");
  assert.equal(reversed(read("2001:db8::25")), "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2");
});
