// The same senders, the same zones, the same unbound: Debian's python3-spf comes to our results.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { mailAuth } from "../../server/src/node/mailAuth/library.ts";
import { createResolver } from "../../server/src/node/resolver.ts";
import { startDns, type TestDns } from "../support/dns.ts";
import { type PyspfCase, pyspf } from "../support/pyspf.ts";

const spf = (name: string, terms: string) => `${name}. TXT "v=spf1 ${terms}"`;
const many = Array.from({ length: 11 }, (_, at) => at);
let dns: TestDns;

before(async () => {
  dns = await startDns({
    records: [
      spf("example.net", "ip4:81.2.69.128/26 ip6:2a02:6b8::/32 a:host.example.net mx include:list.example.net -all"),
      "example.net. MX 10 host.example.net.",
      "host.example.net. A 81.2.69.1",
      "host.example.net. AAAA 2a02:6b9::1",
      spf("list.example.net", "ip4:81.2.70.0/24 ?ip4:81.2.71.0/24 ~all"),
      spf("soft.example.net", "redirect=list.example.net"),
      spf("excluded.example.net", "-include:list.example.net +all"),
      spf("named.example.net", "ptr:example.net -all"),
      "1.69.2.81.in-addr.arpa. PTR host.example.net.",
      "2.69.2.81.in-addr.arpa. PTR host.example.net.",
      spf("macro.example.net", "exists:%{ir}.%{v}.%{l1r+}.%{d2} -all"),
      "160.69.2.81.in-addr.alice.example.net. A 127.0.0.2",
      spf("open.example.net", "ip4:81.2.69.1"),
      spf("twice.example.net", "-all"),
      spf("twice.example.net", "+all"),
      spf("wrong.example.net", "ip4:81.2.69.1 ip4:300.1.1.1 -all"),
      spf("loop.example.net", "include:loop.example.net -all"),
      spf("deep.example.net", `${many.map(() => "a:host.example.net").join(" ")} -all`),
      spf("voids.example.net", "a:v1.example.net a:v2.example.net a:v3.example.net +all"),
      spf("dangling.example.net", "include:gone.example.net +all"),
      spf("mute.example.net", "include:x.silent.test +all"),
      spf("mail.example.net", "ip4:81.2.69.160 -all"),
      'bare.example.net. TXT "nothing to see"',
    ],
    // Not SERVFAIL: python3-spf takes that for an empty answer.
    faults: { "silent.test": "drop" },
  });
});
after(() => dns.stop());

// The results stand here too, so that both cannot be wrong together.
const cases: readonly (readonly [ip: string, sender: string, result: string])[] = [
  ["81.2.69.160", "alice@example.net", "pass"],
  ["81.2.69.192", "alice@example.net", "fail"],
  ["2a02:6b8::25", "alice@example.net", "pass"],
  ["2a02:6b9::1", "alice@example.net", "pass"],
  ["2a02:6b9::2", "alice@example.net", "fail"],
  ["81.2.69.1", "alice@example.net", "pass"],
  ["81.2.70.9", "alice@example.net", "pass"],
  ["81.2.71.9", "alice@example.net", "fail"],
  ["81.2.71.9", "alice@soft.example.net", "neutral"],
  ["81.2.72.9", "alice@soft.example.net", "softfail"],
  ["81.2.70.9", "alice@excluded.example.net", "fail"],
  ["81.2.72.9", "alice@excluded.example.net", "pass"],
  ["81.2.69.1", "alice@named.example.net", "pass"],
  ["81.2.69.2", "alice@named.example.net", "fail"],
  ["81.2.69.160", "alice+list@macro.example.net", "pass"],
  ["81.2.69.160", "bob@macro.example.net", "fail"],
  ["81.2.69.160", "alice@open.example.net", "neutral"],
  ["81.2.69.160", "alice@twice.example.net", "permerror"],
  ["81.2.69.1", "alice@wrong.example.net", "permerror"],
  ["81.2.69.160", "alice@loop.example.net", "permerror"],
  ["81.2.69.160", "alice@deep.example.net", "permerror"],
  ["81.2.69.160", "alice@voids.example.net", "permerror"],
  ["81.2.69.160", "alice@dangling.example.net", "permerror"],
  ["81.2.69.160", "alice@mute.example.net", "temperror"],
  ["81.2.69.160", "alice@bare.example.net", "none"],
  ["81.2.69.160", "alice@gone.example.net", "none"],
  ["81.2.69.160", "", "pass"],
  ["81.2.69.161", "", "fail"],
];

test("python3-spf and we come to the same result for each of them, and it is the right one", async () => {
  const wanted: readonly PyspfCase[] = cases.map(([ip, sender]) => ({ ip, sender, helo: "mail.example.net" }));
  const theirs = await pyspf(dns.address, wanted);
  const resolver = createResolver({ servers: [dns.address], timeoutMs: 2_000 });
  const never = new AbortController().signal;
  for (const [at, [ip, sender, result]] of cases.entries()) {
    const question = { ip, sender, helo: "mail.example.net" };
    const ours = await mailAuth.spf(question, (name, type) => resolver.query(name, type, never));
    assert.deepEqual({ ours: ours.result, theirs: theirs[at] }, { ours: result, theirs: result }, `${ip} ${sender}`);
  }
});
