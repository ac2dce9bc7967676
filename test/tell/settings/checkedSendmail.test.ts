// Sendmail's own tools accept the change: m4 makes a configuration of it, and address test mode shows the mailer.
import assert from "node:assert/strict";
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Throttle } from "../../../server/src/measurement.ts";
import { sendmailSetting } from "../../../server/src/tell/settings/servers/sendmail.ts";
import { sendmailConfiguration } from "../../support/sendmail-cf.ts";
import { openHome, type ServerHome, serverProgram } from "../../support/serverHome.ts";
import { changedFiles, present } from "./change.ts";
import { bare, cox, paused } from "./throttles.ts";

// As Debian's own sendmail.mc; nocanonify, as there is no DNS in the home.
const stock = {
  "/etc/mail/sendmail.mc": `OSTYPE(\`debian')dnl
DOMAIN(\`debian-mta')dnl
FEATURE(\`nocanonify')dnl
MAILER_DEFINITIONS
MAILER(\`local')dnl
MAILER(\`smtp')dnl
`,
  "/etc/mail/sendmail.conf": 'QUEUE_INTERVAL="10m";\n',
} as const;

for (const [name, throttle] of Object.entries({ cox, bare, paused })) {
  test(`m4 and sendmail have nothing to say against the change for ${name}`, (context) => {
    const home = changedHome(throttle, (text) => text);
    context.after(home.stop);
    const { status, stderr } = home.run([serverProgram.sendmail, "-bt"], "=M\n");
    assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
  });
}

test("Sendmail reads the mailer with its limits, and its queue group", (context) => {
  const home = changedHome(cox, (text) => text);
  context.after(home.stop);
  const { stdout } = home.run([serverProgram.sendmail, "-bt"], "=M\n");
  assert.match(stdout, /\(throttlecox\): P=\[IPC\] .* F=DFMXaemu .* r=30 A=TCP \$h/);
  assert.match(
    home.read("etc/mail/sendmail.cf"),
    /^Qthrottlecox, P=\/var\/spool\/mqueue\/throttlecox, F=f, R=2, I=2m$/m,
  );
  assert.match(home.run([serverProgram.sendmail, "-bp"]).stdout, /\/var\/spool\/mqueue\/throttlecox is empty/);
});

test("an address of a listed domain takes the mailer, and no other does", (context) => {
  const home = changedHome(paused, (text) => text);
  context.after(home.stop);
  const route = (address: string): string =>
    home.run([serverProgram.sendmail, "-bt"], `3,0 ${address}\n`).stdout.replaceAll(" . ", ".");
  assert.match(route("user@example.com"), /parse +returns: \$# throttleexchangeonline \$@ example\.com /);
  assert.match(route("user@other.example"), /parse +returns: \$# esmtp \$@ other\.example\./);
});

test("sendmail names a queue group that is missing, so the check would find one of ours", (context) => {
  const home = changedHome(cox, (text) => text.replace("Q=throttlecox", "Q=throttlecax"));
  context.after(home.stop);
  const { stdout, stderr } = home.run([serverProgram.sendmail, "-bt"], "=M\n");
  assert.match(stdout + stderr, /throttlecax/);
});

function changedHome(throttle: Throttle, edit: (text: string) => string): ServerHome {
  const home = openHome();
  const files = changedFiles(present(sendmailSetting(throttle)), stock);
  home.write({ "/etc/mail/sendmail.cf": sendmailConfiguration(home, edit(files["/etc/mail/sendmail.mc"] ?? "")) });
  const queue = join(home.directory, "var/spool/mqueue", `throttle${throttle.provider.replace("-", "")}`);
  mkdirSync(queue, { recursive: true });
  chmodSync(queue, 0o700);
  const made = home.run([serverProgram.makemap, "hash", "/etc/mail/mailertable"], files["/etc/mail/mailertable"]);
  assert.deepEqual(made, { status: 0, stdout: "", stderr: "" });
  return home;
}
