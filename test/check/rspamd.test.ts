// An independent judge: on the same zones rspamd, which receivers run, and our check find the same about the same mail.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Report, Row } from "../../server/src/model.ts";
import { loadMailAuth } from "../../server/src/node/mailAuth.ts";
import { checkThrough, rowOf, subjectAt } from "../support/check.ts";
import { startDns, type TestDns } from "../support/dns.ts";
import { type Judge, type JudgedMail, startRspamd } from "../support/rspamd.ts";

const addresses = {
  botnet: "81.2.69.160",
  dialUp: "81.2.69.161",
  sound: "81.2.69.162",
  snowshoe: "2a02:6b8::25",
  refused: "81.2.69.164",
};

let dns: TestDns;
let rspamd: Judge;
before(async () => {
  dns = await startDns({
    lists: {
      "zen.spamhaus.org": {
        [addresses.botnet]: ["127.0.0.2", "127.0.0.4"],
        [addresses.dialUp]: ["127.0.0.11"],
        [addresses.snowshoe]: ["127.0.0.3"],
        [addresses.refused]: ["127.255.255.254"],
      },
    },
    authority: {
      "69.2.81.in-addr.arpa": [
        "160.69.2.81.in-addr.arpa. PTR mail.sender.test.",
        "162.69.2.81.in-addr.arpa. CNAME 162.customer.69.2.81.in-addr.arpa.",
        "162.customer.69.2.81.in-addr.arpa. PTR mail.sender.test.",
        "164.69.2.81.in-addr.arpa. PTR mail.sender.test.",
      ],
      "8.b.6.0.2.0.a.2.ip6.arpa": [],
      "sender.test": [
        "mail.sender.test. A 81.2.69.160",
        "mail.sender.test. A 81.2.69.162",
        'sender.test. TXT "v=spf1 ip4:81.2.69.160 ip6:2a02:6b8::/32 a:mail.sender.test -all"',
        '_dmarc.sender.test. TXT "v=DMARC1; p=reject"',
        'news.sender.test. TXT "v=spf1 include:sender.test ~all"',
      ],
      "soft.test": [
        'soft.test. TXT "v=spf1 ip4:81.2.69.1 ~all"',
        '_dmarc.soft.test. TXT "v=DMARC1; p=quarantine; adkim=s"',
      ],
      "open.test": ['open.test. TXT "v=spf1 ?all"', '_dmarc.open.test. TXT "v=DMARC1; p=none"'],
      "bare.test": ["bare.test. A 81.2.69.162"],
    },
  });
  rspamd = await startRspamd(dns.address);
});
after(async () => {
  await rspamd?.stop();
  await dns?.stop();
});

/** Our check of this mail. */
function ours({ ip, helo, sender, headerFrom }: JudgedMail): Promise<Report> {
  // A signature of a stranger: the mail is known to be signed by nobody who counts, as the one that rspamd gets.
  const signatures = [{ selector: "s1", domain: "stranger.test" }];
  const subject = subjectAt(ip, { helo, sender, headerFrom, signatures });
  return checkThrough(dns.address, ip, { subject, mailAuth: loadMailAuth });
}

/** Our rows in rspamd's words. */
function inItsWords(report: Report): readonly string[] {
  const zen = rowOf(report, "zen.spamhaus.org");
  const listed = zen.lists.map((list) => `RBL_SPAMHAUS_${list}`);
  const refused = zen.verdict === "blocked" ? ["RBL_SPAMHAUS_BLOCKED_OPENRESOLVER"] : [];
  const nameless = rowOf(report, "ptr").verdict === "fail" ? ["RDNS_NONE"] : [];
  return [...listed, ...refused, ...nameless, spfWord(rowOf(report, "spf")), dmarcWord(rowOf(report, "dmarc"))].sort();
}

function spfWord({ answer }: Row): string {
  const [, word = ""] = /SPF says (\w+)|no SPF record \((none)\)/.exec(answer)?.filter(Boolean) ?? [];
  const words = { pass: "ALLOW", fail: "FAIL", softfail: "SOFTFAIL", neutral: "NEUTRAL", none: "NA" };
  return `R_SPF_${words[word as keyof typeof words]}`;
}

function dmarcWord({ answer, verdict }: Row): string {
  if (/publishes a DMARC record/.test(answer)) return "DMARC_NA";
  const [, policy = ""] = /policy (?:for \S+ is )?(none|quarantine|reject)/.exec(answer) ?? [];
  if (verdict === "pass") return "DMARC_POLICY_ALLOW";
  const words = { none: "SOFTFAIL", quarantine: "QUARANTINE", reject: "REJECT" };
  return `DMARC_POLICY_${words[policy as keyof typeof words]}`;
}

function mail(ip: string, sender: string, headerFrom = sender): JudgedMail {
  return { ip, helo: "mail.sender.test", sender: `a@${sender}`, headerFrom };
}

const cases: readonly (readonly [JudgedMail, readonly string[]])[] = [
  [
    mail(addresses.botnet, "sender.test"),
    ["DMARC_POLICY_ALLOW", "RBL_SPAMHAUS_SBL", "RBL_SPAMHAUS_XBL", "R_SPF_ALLOW"],
  ],
  [mail(addresses.dialUp, "sender.test"), ["DMARC_POLICY_REJECT", "RBL_SPAMHAUS_PBL", "RDNS_NONE", "R_SPF_FAIL"]],
  [mail(addresses.sound, "news.sender.test", "sender.test"), ["DMARC_POLICY_ALLOW", "R_SPF_ALLOW"]],
  [mail(addresses.sound, "sender.test", "soft.test"), ["DMARC_POLICY_QUARANTINE", "R_SPF_ALLOW"]],
  [mail(addresses.sound, "soft.test"), ["DMARC_POLICY_QUARANTINE", "R_SPF_SOFTFAIL"]],
  [mail(addresses.sound, "open.test"), ["DMARC_POLICY_SOFTFAIL", "R_SPF_NEUTRAL"]],
  [mail(addresses.sound, "bare.test"), ["DMARC_NA", "R_SPF_NA"]],
  [mail(addresses.snowshoe, "sender.test"), ["DMARC_POLICY_ALLOW", "RBL_SPAMHAUS_CSS", "RDNS_NONE", "R_SPF_ALLOW"]],
  [mail(addresses.refused, "bare.test"), ["DMARC_NA", "RBL_SPAMHAUS_BLOCKED_OPENRESOLVER", "R_SPF_NA"]],
];

const compared = /^(?:RBL_SPAMHAUS|RDNS_NONE|R_SPF|DMARC)_?/;

for (const [judged, expected] of cases) {
  const { ip, sender, headerFrom } = judged;
  test(`of ${ip} with ${sender} and From ${headerFrom} rspamd and we find the same`, async () => {
    const symbols = await rspamd.symbols(judged);
    const report = await ours(judged);
    assert.deepEqual(symbols.filter((symbol) => compared.test(symbol)).sort(), [...expected].sort());
    assert.deepEqual(inItsWords(report), [...expected].sort());
  });
}
