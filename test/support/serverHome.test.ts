// Debian's mail servers, unpacked: each of them starts in a root file system of its own, and nothing of it stays.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readlinkSync } from "node:fs";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { freePort } from "./dns-ports.ts";
import { sendmailConfiguration } from "./sendmail-cf.ts";
import { openHome, serverProgram } from "./serverHome.ts";

test("Postfix, Exim, Sendmail and OpenSMTPD judge a configuration that they are given", (context) => {
  const home = openHome();
  context.after(home.stop);
  const mc = "OSTYPE(`debian')dnl\nFEATURE(`nocanonify')dnl\nMAILER(`smtp')dnl\n";
  home.write({
    "etc/postfix/main.cf": "smtp_destination_concurrency_limit = 7\nno_such_parameter = 1\n",
    "etc/postfix/master.cf": "",
    "etc/exim4/exim4.conf": "remote_max_parallel = 3\n",
    "etc/smtpd.conf": 'action "out" relay\nmatch for any action "out"\n',
    "etc/mail/sendmail.cf": sendmailConfiguration(home, mc),
  });
  assert.match(home.run([serverProgram.postconf, "-n"]).stderr, /unused parameter: no_such_parameter=1/);
  assert.equal(home.run([serverProgram.exim, "-bP", "remote_max_parallel"]).stdout, "remote_max_parallel = 3\n");
  assert.match(home.run([serverProgram.smtpd, "-n"]).stderr, /configuration OK/);
  const { stdout } = home.run([serverProgram.sendmail, "-bt"], "/parse a@example.net\n");
  assert.match(stdout, /mailer esmtp, host example\.net\., user a@example\.net/);
});

test("what runs in a home ends with it", async () => {
  const home = openHome();
  home.write({ "etc/exim4/exim4.conf": "" });
  home.start([serverProgram.exim, "-bdf", "-oX", `127.0.0.1.${await freePort()}`]);
  for (let attempt = 0; attempt < 500 && insiders(home.directory).length === 0; attempt++) await setTimeout(10);
  assert.notDeepEqual(insiders(home.directory), [], home.read("said"));
  home.stop();
  assert.ok(!existsSync(home.directory));
  assert.deepEqual(insiders(home.directory), []);
});

function insiders(directory: string): readonly string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/root`).startsWith(directory);
    } catch {
      return false;
    }
  });
}
