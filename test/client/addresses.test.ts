// Addresses as people type them into the panel: one, or several from a log or a ticket.
import assert from "node:assert/strict";
import { test } from "node:test";
import { addressFault, isAddress, mostAddresses, readAddresses } from "../../client/src/panel/page/addresses.ts";

test("IPv4 and IPv6 addresses are known by their shape", () => {
  for (const ip of ["203.0.113.7", "0.0.0.0", "::", "::1", "2001:db8::7", "1:2:3:4:5:6:7:8", "::ffff:192.0.2.1"]) {
    assert.ok(isAddress(ip), ip);
  }
});

test("host names, sums and broken addresses are no addresses", () => {
  const others = [
    "",
    "example.org",
    "256.1.1.1",
    "1.2.3",
    "1.2.3.4.5",
    "1:2:3",
    ":::",
    "1::2::3",
    "g::1",
    "1:2:3:4:5:6:7:8:9",
  ];
  for (const other of others) assert.ok(!isAddress(other), other);
});

test("several addresses are told apart by blanks, commas, semicolons and lines, each taken once", () => {
  const typed = " 81.2.69.160, 81.2.69.161;2001:db8::7\n[81.2.69.162] 81.2.69.160 ";
  assert.deepEqual(readAddresses(typed), {
    ips: ["81.2.69.160", "81.2.69.161", "2001:db8::7", "81.2.69.162"],
    wrong: [],
  });
});

test("a word that is no address is named, so that it can be mended", () => {
  const typed = readAddresses("81.2.69.160 mail.example.org");
  assert.deepEqual(typed.wrong, ["mail.example.org"]);
  assert.match(addressFault(typed) ?? "", /“mail\.example\.org” is no IP address/);
  assert.equal(addressFault(readAddresses("81.2.69.160")), undefined);
});

test("nothing typed, and more than one plan takes, are refused with a reason", () => {
  assert.match(addressFault(readAddresses("  ")) ?? "", /Type the address/);
  const many = Array.from({ length: mostAddresses + 1 }, (_, index) => `81.2.70.${index}`).join(" ");
  assert.match(addressFault(readAddresses(many)) ?? "", /at most 50 .* 51/);
});
