// Which names look generated: names of end-user lines do, names of known mail services do not.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readAddress } from "../../server/src/check/address.ts";
import { type NameLook, nameLook } from "../../server/src/check/genericName.ts";

function look(name: string, ip: string): NameLook {
  const address = readAddress(ip);
  assert.ok(address, ip);
  return nameLook(name, address);
}

/** Name, address, kind, and the matched parts. */
type Labelled = readonly [name: string, ip: string, kind: NameLook["kind"], matched: string];

const endUsers: readonly Labelled[] = [
  ["ip68-0-123-45.sd.sd.cox.net", "68.0.123.45", "generic", "68-0-123-45"],
  ["wsip-68-0-123-45.sd.sd.cox.net", "68.0.123.45", "generic", "68-0-123-45"],
  ["c-73-12-34-56.hsd1.ca.comcast.net", "73.12.34.56", "generic", "73-12-34-56"],
  ["pool-71-163-12-34.washdc.fios.verizon.net", "71.163.12.34", "generic", "71-163-12-34"],
  ["cpe-76-90-12-34.socal.res.rr.com", "76.90.12.34", "generic", "76-90-12-34"],
  ["p5dd1a2b3.dip0.t-ipconnect.de", "93.209.162.179", "generic", "5dd1a2b3"],
  ["host86-130-12-34.range86-130.btcentralplus.com", "86.130.12.34", "generic", "86-130-12-34"],
  ["lfbn-idf1-1-123-45.w86-242.abo.wanadoo.fr", "86.242.123.45", "generic", "123-45 86-242"],
  ["dynamic-077-012-034-056.77.12.pool.telefonica.de", "77.12.34.56", "generic", "077-012-034-056"],
  ["bl12-34-56.dsl.telepac.pt", "85.240.34.56", "generic", "34-56 dsl"],
];

const hosting: readonly Labelled[] = [
  ["ec2-54-12-34-56.compute-1.amazonaws.com", "54.12.34.56", "generic", "54-12-34-56"],
  ["172-104-12-34.ip.linodeusercontent.com", "172.104.12.34", "generic", "172-104-12-34"],
  ["static.56.34.12.78.clients.your-server.de", "78.12.34.56", "generic-static", "56.34.12.78"],
  ["li1234-56.members.linode.com", "45.33.12.56", "named", ""],
  // Its numbers are part of the registered domain.
  ["ns3012345.ip-51-38-123.eu", "51.38.123.45", "generic", "51-38-123"],
];

const services: readonly Labelled[] = [
  ["mail-sor-f41.google.com", "209.85.220.41", "named", ""],
  ["mail-wm1-x332.google.com", "2a00:1450:4864:20::332", "named", ""],
  ["mail-bn8nam12on2072.outbound.protection.outlook.com", "40.107.237.72", "named", ""],
  ["sonic301-20.consmr.mail.ne1.yahoo.com", "77.238.176.97", "named", ""],
  ["a27-23.smtp-out.amazonses.com", "54.240.27.23", "named", ""],
  ["m42-4.mailgun.net", "69.72.42.4", "named", ""],
  ["mail173-24.suw21.mandrillapp.com", "198.2.173.24", "named", ""],
  ["o16789120x85.outbound-mail.sendgrid.net", "167.89.120.85", "named", ""],
  ["69-171-232-144.mail-mail.facebook.com", "69.171.232.144", "generic-static", "69-171-232-144"],
];

const ordinary: readonly Labelled[] = [
  ["mail.example.net", "81.2.69.160", "named", ""],
  ["mx1.dynamic-solutions.com", "81.2.69.160", "named", ""],
  ["mail.cable.example", "81.2.69.160", "named", ""],
  ["node1.k8s.example", "81.2.69.160", "named", ""],
];

const tables = {
  "names of end-user lines look generated": endUsers,
  "default names of hosting providers look generated when most of the address is in them": hosting,
  "names of known mail services do not look generated": services,
  "ordinary names do not look generated, whatever the company is called": ordinary,
};

for (const [sentence, table] of Object.entries(tables)) {
  describe(sentence, () => {
    for (const [name, ip, kind, matched] of table) {
      test(`${name} of ${ip}: ${kind}`, () => {
        const found = look(name, ip);
        assert.equal(found.kind, kind, found.why);
        assert.equal(found.matched.map(({ text }) => text).join(" "), matched);
        for (const { text, start, end } of found.matched) assert.equal(name.slice(start, end), text);
        assert.notEqual(found.why, "");
      });
    }
  });
}

test("the table holds 28 names", () => {
  assert.equal(Object.values(tables).flat().length, 28);
});

const ip = "81.2.69.160";
const kinds = (names: readonly string[], address = ip) => names.map((name) => `${name} ${look(name, address).kind}`);

test("three octets are enough, in any order, with any separator, padded and glued", () => {
  const names =
    "h81-2-69 2.69.160 160x69x2 a160_81_2 081002069160 081002069 h160-069-002-081 x.81-2-69-160.y 69-2-81".split(" ");
  const hosts = names.map((name) => `${name}.isp.example.net`);
  assert.deepEqual(
    kinds(hosts),
    hosts.map((host) => `${host} generic`),
  );
});

test("the eight hexadecimal digits are enough, in either order", () => {
  assert.deepEqual(kinds(["510245a0.isp.example.net", "xa0450251.isp.example.net", "c510245.isp.example.net"]), [
    "510245a0.isp.example.net generic",
    "xa0450251.isp.example.net generic",
    "c510245.isp.example.net named",
  ]);
});

test("numbers of another address do not count, nor do numbers that are glued without padding", () => {
  const names = "ip-93-184-216-34 81269160 h81269-160 20261123 1081002069160 ip81a2b69c160".split(" ");
  const hosts = names.map((name) => `${name}.isp.example.net`);
  assert.deepEqual(
    kinds(hosts),
    hosts.map((host) => `${host} named`),
  );
});

test("each octet of the address counts once", () => {
  assert.equal(look("mx-2-2-2.isp.example.net", ip).kind, "named");
  assert.equal(look("x2-2-1.isp.example.net", "2.2.1.9").kind, "generic");
});

test("two octets are nothing by themselves and much beside a word for end-user lines", () => {
  assert.equal(look("h69-160.isp.example.net", ip).kind, "named");
  const words =
    "dyn dynamic dhcp dsl adsl vdsl ppp pppoe pool cable catv cpe dial dialup modem res broadband gprs cdma wifi nat unused client7 clients12 pool3";
  for (const word of words.split(" ")) {
    assert.equal(look(`h69-160.${word}.isp.example.net`, ip).kind, "generic", word);
    assert.equal(look(`${word}.isp.example.net`, ip).kind, "named", `${word} alone`);
    assert.equal(look(`h69-160.x${word}x.isp.example.net`, ip).kind, "named", `${word} inside another`);
  }
  for (const word of ["client", "clients", "nation", "rest", "pools"])
    assert.equal(look(`h69-160.${word}.isp.example.net`, ip).kind, "named", word);
});

test("octets apart from each other count beside such a word, single digits of both do not", () => {
  assert.deepEqual(
    look("h69.c160.dhcp.isp.example.net", ip).matched.map(({ text }) => text),
    ["69", "160", "dhcp"],
  );
  assert.equal(look("mx2.dc8.pool.example.net", "93.184.2.8").kind, "named");
});

test("a word for servers or static lines excuses, and says so", () => {
  const words =
    "static fix fixip fixed dedicated smtp smtp3 smtpout mail mail12 mailout mx mx1 mta outbound relay".split(" ");
  for (const word of words) {
    const found = look(`${word}-81-2-69-160.isp.example.net`, ip);
    assert.equal(found.kind, "generic-static", word);
    assert.match(found.why, new RegExp(`but "${word}" marks a server or a static line$`));
  }
  assert.equal(look("static-dsl-69-160.isp.example.net", ip).kind, "generic-static");
  assert.equal(look("ecstatic-81-2-69-160.isp.example.net", ip).kind, "generic");
});

test("words in the organizational domain neither accuse nor excuse", () => {
  assert.equal(look("ip-69-160.pool.co.uk", ip).kind, "named");
  assert.equal(look("ip-69-160.pool.example.co.uk", ip).kind, "generic");
  assert.equal(look("ip-69-160.dsl.com.br", ip).kind, "named");
  assert.equal(look("81-2-69-160.mail.com", ip).kind, "generic");
  assert.equal(look("dsl-69-160.com", ip).kind, "named");
  assert.equal(look("localhost", ip).kind, "named");
  assert.equal(look("", ip).kind, "named");
});

const v6 = "2a02:6b8:0:1::25";

test("an IPv6 address is found by nibbles, hextets and its short form", () => {
  const found: Readonly<Record<string, string>> = {
    "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.0.0.0.0.8.b.6.0.2.0.a.2.ip6.isp.example.net":
      "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.0.0.0.0.8.b.6.0.2.0.a.2",
    "h2a0206b8000000010000000000000025.isp.example.net": "2a0206b8000000010000000000000025",
    "2a02-06b8-0000-0001-0000-0000-0000-0025.isp.example.net": "2a02-06b8-0000-0001-0000-0000-0000-0025",
    "line-2a02-6b8-0-1.isp.example.net": "2a02-6b8-0-1",
    "2a02-6b8-0-1--25.isp.example.net": "2a02-6b8-0-1--25",
    "dyn-2a02-6b8-0-1.isp.example.net": "2a02-6b8-0-1",
    "2a02-6b8.dyn.isp.example.net": "2a02-6b8 dyn",
    "h2a0206b8.dyn.isp.example.net": "2a0206b8 dyn",
  };
  for (const [name, matched] of Object.entries(found)) {
    const { kind, matched: parts } = look(name, v6);
    assert.equal(`${kind} ${parts.map(({ text }) => text).join(" ")}`, `generic ${matched}`, name);
  }
});

test("a short form with a gap is read as the address it is", () => {
  assert.equal(look("v6-2001-4860--25.isp.example.net", "2001:4860::25").matched[0]?.text, "2001-4860--25");
});

test("zeros, one hextet and another IPv6 address are nothing", () => {
  const names = [
    "h0000000000000000.isp.example.net",
    "0-0-0-25.isp.example.net",
    "mail-x25.example.net",
    "mx6b8.dyn.example.net",
    "2a02-6b8.core.example.net",
    "2a02-06b8.core.example.net",
    "2001-4860--25.isp.example.net",
    "deadbeef-cafe.example.net",
  ];
  assert.deepEqual(
    kinds(names, v6),
    names.map((name) => `${name} named`),
  );
});

test("a hostile name of any length is looked at in an instant", () => {
  const names = ["1-", "81-2-69.", "a", "0", "2a02-6b8-", "--", "dyn.", "081002069160", "2a0206b8", "x1x"].flatMap(
    (part) => [`${part.repeat(300)}.isp.example.net`, part.repeat(100_000)],
  );
  const start = performance.now();
  for (const name of names) for (const address of [ip, v6]) look(name, address);
  assert.ok(performance.now() - start < 2_000);
});
