// The bundle that a check loads for SPF and DMARC: it stands alone, has no way to the network, and works.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const bundle = new URL("../../dist/mailAuth.js", import.meta.url);

test("the bundle needs nothing but harmless modules of Node, no DNS and no network among them", () => {
  const required = [...readFileSync(bundle, "utf8").matchAll(/\b(?:require|import)\("([^"]+)"\)/g)].map(
    ([, name]) => name ?? "",
  );
  const names = [...new Set(required.map((name) => name.replace(/^node:/, "")))].sort();
  // Of "net" only its tests for addresses are used; it cannot be told apart here, so the next test plays with it shut.
  assert.deepEqual(names, ["buffer", "crypto", "net", "os", "stream", "url", "util"]);
  assert.ok(names.every(isBuiltin));
});

test("the server and the command line do not hold the library, only the way to its bundle", () => {
  const read = (name: string): string => readFileSync(new URL(`../../dist/${name}`, import.meta.url), "utf8");
  assert.match(read("server.js"), /import\("\.\/cli\.js"\)/, "the server is a command of the command line");
  assert.match(read("cli.js"), /import\("\.\/mailAuth\.js"\)/);
  for (const name of ["server.js", "cli.js"]) assert.doesNotMatch(read(name), /Too many void DNS results/);
});

const script = `
const net = require("node:net");
const dns = require("node:dns");
const shut = () => { throw new Error("no way to the network"); };
net.connect = net.createConnection = net.Socket.prototype.connect = dns.resolve = dns.lookup = dns.promises.resolve = shut;
const zone = {
  "example.net TXT": ["v=spf1 a:mail.example.net -all"],
  "mail.example.net A": ["81.2.69.160"],
  "_dmarc.example.net TXT": ["v=DMARC1; p=reject"],
};
const ask = async (name, type) => {
  const records = zone[name + " " + type];
  return records ? { kind: "answer", records } : { kind: "nxdomain" };
};
import(process.argv[1]).then(async ({ mailAuth }) => {
  const spf = await mailAuth.spf({ ip: "81.2.69.160", sender: "a@example.net", helo: undefined }, ask);
  const dmarc = await mailAuth.dmarc({ headerFrom: "www.example.net", spfDomains: ["example.net"], dkimDomains: [] }, ask);
  console.log(JSON.stringify([spf.result, spf.matched, dmarc.result, dmarc.policy, dmarc.organization]));
});
`;

test("loaded as the server loads it, with the network shut, it evaluates SPF and DMARC", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", script, fileURLToPath(bundle)]);
  assert.deepEqual(JSON.parse(stdout), ["pass", "a:mail.example.net", "pass", "reject", "example.net"]);
});

test("the licence of every package in it is in the notices", () => {
  const notices = readFileSync(new URL("../../dist/NOTICES.txt", import.meta.url), "utf8");
  for (const name of ["mailauth 7.1.0", "joi ", "libmime ", "ipaddr.js ", "punycode.js "]) {
    assert.ok(
      notices.split("\n").some((line) => line.startsWith(name)),
      name,
    );
  }
  // "license-report-config.json" lies beside mailauth's licence and is none.
  assert.match(notices, /mailauth 7\.1\.0\n\nCopyright \(c\) \d{4}-\d{4} Postal Systems/);
});
