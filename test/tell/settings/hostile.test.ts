// Nothing of a log breaks out of a line of configuration: only DNS names are written, and what is left out is told.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ownName, soundNames } from "../../../server/src/tell/settings/names.ts";
import { servers, settingFor } from "../../../server/src/tell/settings/servers/index.ts";
import { present } from "./change.ts";
import { cox } from "./throttles.ts";

const hostile = [
  "evil.example\nsmtp_tls_security_level = none",
  "evil.example:[192.0.2.1]",
  "$(touch /tmp/x).example",
  "`id`.example",
  `$\{run{/bin/id}}.example`,
  'evil.example" { pki "x',
  "evil.example'dnl",
  "evil.example> <domain *",
  "evil.example : *",
  "*.example",
  ".example",
  "example",
  "192.0.2.1",
  "[192.0.2.1]",
  "evil_.example",
  "-evil.example",
  "evil.example.",
  "evil\u0000.example",
  "ev\u202eil.example",
  "bücher.example",
  "\u212a.example",
  `${"a".repeat(64)}.example`,
  `${"a.".repeat(130)}example`,
  "",
] as const;

test("of a log's domains only names that the DNS can hold are left, in small letters, each once", () => {
  const kept = soundNames([...hostile, "Cox.NET", "cox.net", "xn--bcher-kva.example", "163.com"]);
  assert.deepEqual(kept, ["cox.net", "xn--bcher-kva.example", "163.com"]);
});

for (const server of servers) {
  test(`${server}: the lines are those of a log without hostile names, and the notes count what is left out`, () => {
    const clean = present(settingFor(server, cox));
    const dirty = present(
      settingFor(server, { ...cox, domains: [...hostile, "cox.net"], hosts: [...hostile, ...cox.hosts] }),
    );
    assert.deepEqual(dirty.files, clean.files);
    assert.deepEqual(dirty.commands, clean.commands);
    assert.doesNotMatch(JSON.stringify(dirty), /evil/);
    if (server !== "kumomta")
      assert.match(
        dirty.notes.join("\n"),
        new RegExp(`^${hostile.length} recipient domains of the log are no DNS name`, "m"),
      );
  });

  test(`${server}: there is no setting without a domain that can be written`, () => {
    assert.equal(settingFor(server, { ...cox, domains: hostile }), undefined);
  });

  test(`${server}: every line of a change is one line`, () => {
    const { files } = present(settingFor(server, { ...cox, domains: ["cox.net", "a.example"], pause: 3 }));
    const texts = files.flatMap(({ lines }) => lines.map(({ text }) => text));
    assert.deepEqual(
      texts.filter((text) => /[\n\r]/.test(text)),
      [],
    );
  });
}

test("a name of our own is made of letters and digits of the provider's id", () => {
  assert.equal(ownName({ ...cox, provider: "exchange-online" }, "-"), "throttle-exchange-online");
  assert.equal(ownName({ ...cox, provider: "exchange-online" }, "_"), "throttle_exchange_online");
  assert.equal(ownName({ ...cox, provider: "exchange-online" }, ""), "throttleexchangeonline");
  assert.equal(ownName({ ...cox, provider: "x\n`id`; $(y)" }, "-"), "throttle-x-id-y");
});
