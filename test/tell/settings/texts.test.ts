// The texts of the changes: every added line says why, every setting says what it costs and where its server documents it.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Setting } from "../../../server/src/measurement.ts";
import { servers, settingFor, settingsFor } from "../../../server/src/tell/settings/servers/index.ts";
import { present } from "./change.ts";
import { bare, cox, paused } from "./throttles.ts";

function added({ files }: Setting, path?: string): readonly string[] {
  const wanted = files.filter((file) => path === undefined || file.path === path);
  return wanted.flatMap(({ lines }) => lines.filter(({ kind }) => kind === "add").map(({ text }) => text));
}

for (const server of servers) {
  for (const [name, throttle] of Object.entries({ cox, bare, paused })) {
    test(`${server}, ${name}: each added line has its sentence, and the setting its cost, commands and sources`, () => {
      const setting = present(settingFor(server, throttle));
      for (const { kind, text, why } of setting.files.flatMap(({ lines }) => lines))
        assert.match(kind === "add" ? (why ?? "") : "An unchanged line.", /^[A-Z0-9].*[^.]\.$/, text);
      assert.match(setting.cost, /^The busiest minute held \d+ messages?: .*\.$/);
      assert.ok(setting.commands.length > 0);
      assert.ok(setting.notes.every((note) => /^[A-Za-z0-9].*\.$/.test(note)));
      assert.ok(setting.sources.every(({ url }) => url.startsWith("https://")));
      assert.deepEqual(setting.notes.slice(0, 1), cox.because);
      assert.doesNotMatch(JSON.stringify(setting), /undefined|NaN/);
    });
  }
}

test("Postfix gets a transport of its own with its limits", () => {
  const setting = present(settingFor("postfix", cox));
  assert.deepEqual(added(setting, "/etc/postfix/transport"), ["cox.net\tthrottle-cox:"]);
  assert.deepEqual(added(setting, "/etc/postfix/main.cf"), [
    "transport_maps = $default_database_type:/etc/postfix/transport",
    "throttle-cox_destination_concurrency_limit = 2",
    "throttle-cox_initial_destination_concurrency = 1",
    "throttle-cox_destination_recipient_limit = 30",
  ]);
});

test("Postfix never gets a recipient limit of one, which would turn the limits off", () => {
  const setting = present(settingFor("postfix", { ...cox, recipientsPerMessage: 1 }));
  assert.ok(added(setting).includes("throttle-cox_destination_recipient_limit = 2"));
});

test("Postfix is never told a reuse limit of zero, which would mean none", () => {
  const lines = added(present(settingFor("postfix", { ...cox, messagesPerConnection: 1 })));
  assert.ok(lines.includes("  -o smtp_connection_cache_on_demand=no"));
  assert.ok(!lines.some((line) => line.includes("reuse_count_limit")));
});

test("Postfix pauses over all domains together", () => {
  assert.ok(
    added(present(settingFor("postfix", paused))).includes("throttle-exchange-online_transport_rate_delay = 20s"),
  );
});

test("Exim and Sendmail say that they cannot pause, and do not count the pause as cost", () => {
  for (const server of ["exim", "sendmail"] as const) {
    const { notes, cost } = present(settingFor(server, paused));
    assert.match(notes.join("\n"), /cannot pause between two deliveries/);
    assert.doesNotMatch(cost, /pause/);
  }
});

test("Sendmail is not sold ConnectionRateThrottle, which is about mail that comes in", () => {
  const setting = present(settingFor("sendmail", cox));
  assert.ok(!added(setting).some((line) => /RATE_THROTTLE|MAX_RCPTS_PER_MESSAGE/.test(line)));
  assert.match(setting.notes.join("\n"), /ConnectionRateThrottle is no cure/);
});

test("servers that count by domain share the sessions among several", () => {
  const four = { ...cox, connections: 4, domains: ["a.example", "b.example"] };
  assert.ok(added(present(settingFor("powermta", four))).includes("    max-smtp-out 2"));
  assert.ok(
    added(present(settingFor("opensmtpd", four))).includes(
      'mta limit for domain "b.example" max-conn-per-domain 2 max-conn-per-host 4',
    ),
  );
});

test("PowerMTA gets one block, of a macro for several domains", () => {
  assert.deepEqual(added(present(settingFor("powermta", paused))), [
    "domain-macro throttleexchangeonline example.com, example.org",
    "<domain $throttleexchangeonline>",
    "    max-smtp-out 1",
    "    max-msg-per-connection 100",
    "    max-rcpt-per-message 30",
    "    max-msg-rate 1/20s",
    "    smtp-421-means-mx-unavailable yes",
    "</domain>",
  ]);
});

test("KumoMTA finds the provider by its hosts, and by one domain where the log names none", () => {
  assert.deepEqual(added(present(settingFor("kumomta", paused))), [
    '[provider."throttle-exchange-online"]',
    'match = [{ HostName = "cxr.mx.a.cloudfilter.net" }]',
    "provider_connection_limit = 1",
    "max_deliveries_per_connection = 100",
    "max_recipients_per_batch = 30",
    'provider_max_message_rate = "1/20s"',
  ]);
  assert.deepEqual(added(present(settingFor("kumomta", { ...bare, hosts: [] }))), [
    '["cox.net"]',
    "connection_limit = 3",
  ]);
});

test("the server that wrote the log comes first, and no server twice", () => {
  const order = settingsFor(cox, "sendmail").map(({ server }) => server);
  assert.deepEqual(order, ["sendmail", "postfix", "exim", "opensmtpd", "powermta", "kumomta"]);
  assert.equal(settingsFor(cox, "plain")[0]?.server, "postfix");
});
