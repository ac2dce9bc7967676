// Real servers with the change in their configuration keep to the number of sessions that it says, counted by the receiver.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Setting, Throttle } from "../../../server/src/measurement.ts";
import { eximSetting } from "../../../server/src/tell/settings/servers/exim.ts";
import { postfixSetting } from "../../../server/src/tell/settings/servers/postfix.ts";
import { sendmailSetting } from "../../../server/src/tell/settings/servers/sendmail.ts";
import { type Duty, type MailServer, send } from "../../support/mta.ts";
import { exim } from "../../support/mta-exim.ts";
import { postfix } from "../../support/mta-postfix.ts";
import { sendmail } from "../../support/mta-sendmail.ts";
import { sendmailConfiguration } from "../../support/sendmail-cf.ts";
import { type ServerHome, serverProgram } from "../../support/serverHome.ts";
import { changed, present } from "./change.ts";
import { cox } from "./throttles.ts";

const burst = { messages: 10, sessions: 8, hold: [150] };

test("without the change Postfix and Exim open more sessions than two", async () => {
  assert.ok((await send(postfix, burst)).truth.peak > 2);
  assert.ok((await send(eager(exim()), burst)).truth.peak > 2);
});

test("Postfix with the change for two sessions never opens a third, and sends several messages over each", async () => {
  const { truth } = await send(changedPostfix(cox), burst);
  assert.equal(truth.peak, 2);
  assert.equal(truth.messages, 10);
  assert.ok(truth.sessions.length <= 4, `${truth.sessions.length} sessions`);
});

test("Postfix closes a session after as many messages as the change says", async () => {
  const { truth } = await send(changedPostfix({ ...cox, messagesPerConnection: 2 }), burst);
  assert.equal(Math.max(...truth.sessions.map(({ messages }) => messages)), 2);
});

test("Postfix with the change for one session and a pause sends one message at a time", async () => {
  const slow = { ...cox, connections: 1, pause: 1 };
  const { truth } = await send(changedPostfix(slow), { ...burst, messages: 3 });
  assert.equal(truth.peak, 1);
  assert.deepEqual(
    truth.sessions.map(({ messages }) => messages),
    [1, 1, 1],
  );
});

test("Exim with the change for two sessions never opens a third", async () => {
  const { truth } = await send(changedExim(cox), burst);
  assert.equal(truth.peak, 2);
});

type Files = Record<string, string>;

test("Sendmail with the change for two sessions holds mail for its runners, and they never open a third", async () => {
  const { truth } = await send(changedSendmail(cox), burst);
  assert.equal(truth.peak, 2);
  assert.equal(truth.messages, 10);
  assert.ok(truth.sessions.length <= 4, `${truth.sessions.length} sessions`);
});

/** A server whose files are edited while they are written. */
function edited(server: MailServer, edit: (files: Files, home: ServerHome, duty: Duty) => Files): MailServer {
  const editing = (home: ServerHome, duty: Duty): ServerHome => ({
    ...home,
    write: (files) => home.write(edit({ ...files }, home, duty)),
  });
  return { ...server, start: (home, duty) => server.start(editing(home, duty), duty) };
}

const main = "etc/postfix/main.cf";
const master = "etc/postfix/master.cf";

/** The receiver stands in for the mail exchangers of cox.net: there is no DNS in the home. */
function changedPostfix(throttle: Throttle): MailServer {
  const setting = present(postfixSetting(throttle));
  return edited(postfix, (files, home, { relay }) => {
    if (files[main] === undefined || files[master] === undefined) return files;
    const text = changed(files[main].replace(/^transport_maps.*\n/m, ""), linesOf(setting, main));
    const table = changed("", linesOf(setting, "etc/postfix/transport")).replace(
      /:$/m,
      `:[${relay.host}]:${relay.port}`,
    );
    home.write({ [main]: text, "etc/postfix/transport": table });
    assert.equal(home.run(["/usr/sbin/postmap", "/etc/postfix/transport"]).stderr, "");
    return { ...files, [main]: text, [master]: changed(files[master], linesOf(setting, master)) };
  });
}

const eximFile = "etc/exim4/exim4.conf";

/** Exim that delivers what arrives at once, all messages of a session. */
function eager(server: MailServer): MailServer {
  return edited(server, (files) => ({
    ...files,
    [eximFile]: (files[eximFile] ?? "").replace("queue_only", "smtp_accept_queue_per_connection = 0"),
  }));
}

function changedExim(throttle: Throttle): MailServer {
  const setting = present(eximSetting(throttle));
  return edited(eager(exim()), (files, _, { relay }) => {
    const whole = setting.files.slice(0, 2).reduce((text, { lines }) => changed(text, lines), files[eximFile] ?? "");
    const route = `driver = manualroute\n  route_list = * ${relay.host} byname\n  self = send`;
    const text = whole
      .replace("driver = dnslookup", route)
      .replace(/ +ignore_target_hosts.*\n/, "")
      .replace("max_parallel", `port = ${relay.port}\n  allow_localhost\n  max_parallel`);
    return { ...files, [eximFile]: text };
  });
}

function linesOf(setting: Setting, path: string): Setting["files"][number]["lines"] {
  return setting.files.find((file) => file.path === `/${path}`)?.lines ?? [];
}

const sendmailFile = "etc/mail/sendmail.cf";

function changedSendmail(throttle: Throttle): MailServer {
  const setting = present(sendmailSetting(throttle));
  return edited(sendmail, (files, home, { port, relay }) => {
    if (files[sendmailFile] === undefined) return files;
    const mc = setting.files.slice(0, 2).reduce((text, { lines }) => changed(text, lines), macros(port));
    const cf = sendmailConfiguration(home, mc).replace(/(Mthrottlecox[\s\S]*?A=TCP \$h)/, `$1 ${relay.port}`);
    const table = changed("", linesOf(setting, "etc/mail/mailertable")).replace(":cox.net", `:[${relay.host}]`);
    home.write({ [sendmailFile]: cf });
    const made = home.run([serverProgram.makemap, "hash", "/etc/mail/mailertable"], table);
    assert.equal(made.stderr, "");
    mkdirSync(join(home.directory, "var/spool/mqueue/throttlecox"), { recursive: true, mode: 0o700 });
    return { ...files, [sendmailFile]: cf };
  });
}

function macros(port: number): string {
  return `OSTYPE(\`debian')dnl
FEATURE(\`nocanonify')dnl
FEATURE(\`no_default_msa')dnl
FEATURE(\`accept_unresolvable_domains')dnl
define(\`confDOMAIN_NAME', \`mail.example.org')dnl
define(\`confSERVICE_SWITCH_FILE', \`/etc/mail/service.switch')dnl
define(\`confTO_IDENT', \`0')dnl
define(\`confDONT_PROBE_INTERFACES', \`true')dnl
DAEMON_OPTIONS(\`Port=${port}, Addr=127.0.0.1, Name=MTA')dnl
MAILER_DEFINITIONS
MAILER(\`smtp')dnl
`;
}
