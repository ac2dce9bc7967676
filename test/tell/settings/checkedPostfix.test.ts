// Postfix's own tools accept the change: postconf knows every parameter, postmap finds the domains.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Throttle } from "../../../server/src/measurement.ts";
import { postfixSetting } from "../../../server/src/tell/settings/servers/postfix.ts";
import { openHome, type ServerHome, serverProgram } from "../../support/serverHome.ts";
import { changedFiles, present } from "./change.ts";
import { bare, cox, paused } from "./throttles.ts";

const stock = {
  "/etc/postfix/main.cf": "compatibility_level = 3.6\nmyhostname = mail.example.org\n",
  "/etc/postfix/master.cf": "smtp unix - - y - - smtp\ntlsproxy unix - - y - 0 tlsproxy\n",
} as const;

const single: Throttle = { ...cox, messagesPerConnection: 1, recipientsPerMessage: 1 };

for (const [name, throttle] of Object.entries({ cox, bare, single, paused })) {
  test(`postconf has nothing to say against the change for ${name}`, (context) => {
    const home = changedHome(throttle);
    context.after(home.stop);
    for (const view of ["-n", "-M", "-P"]) {
      const { status, stderr } = home.run([serverProgram.postconf, "-c", "/etc/postfix", view]);
      assert.deepEqual({ status, stderr }, { status: 0, stderr: "" }, view);
    }
  });
}

test("postmap finds the transport of a listed domain, and none of another", (context) => {
  const home = changedHome(paused);
  context.after(home.stop);
  assert.deepEqual(home.run([postmap, table]), { status: 0, stdout: "", stderr: "" });
  assert.equal(home.run([postmap, "-q", "example.org", table]).stdout, "throttle-exchange-online:\n");
  assert.equal(home.run([postmap, "-q", "other.example", table]).stdout, "");
});

test("postconf reads the numbers where Postfix looks for them", (context) => {
  const home = changedHome(cox);
  context.after(home.stop);
  const value = (...args: string[]): string => home.run([serverProgram.postconf, "-c", "/etc/postfix", ...args]).stdout;
  assert.equal(value("-h", "throttle-cox_destination_concurrency_limit"), "2\n");
  assert.match(value("-M", "throttle-cox/unix"), /^throttle-cox unix - +- +- +- +2 +smtp -o syslog_name=/);
  assert.match(value("-P", "throttle-cox/unix/smtp_connection_reuse_count_limit"), /= 99\n$/);
});

test("postconf names a parameter that it does not know, so the check would find one of ours", (context) => {
  const home = changedHome(cox);
  context.after(home.stop);
  const wrong = home
    .read("etc/postfix/main.cf")
    .replaceAll("destination_concurrency_limit", "destination_concurency_limit");
  home.write({ "etc/postfix/main.cf": wrong });
  const { stderr } = home.run([serverProgram.postconf, "-c", "/etc/postfix", "-n"]);
  assert.match(stderr, /unused parameter: throttle-cox_destination_concurency_limit=2/);
});

test("postconf names limits whose transport is missing in master.cf", (context) => {
  const home = changedHome(cox);
  context.after(home.stop);
  home.write({ "etc/postfix/master.cf": stock["/etc/postfix/master.cf"] });
  const { stderr } = home.run([serverProgram.postconf, "-c", "/etc/postfix", "-n"]);
  assert.match(stderr, /unused parameter: throttle-cox_initial_destination_concurrency=1/);
});

const postmap = "/usr/sbin/postmap";
const table = "/etc/postfix/transport";

function changedHome(throttle: Throttle): ServerHome {
  const home = openHome();
  home.write(changedFiles(present(postfixSetting(throttle)), stock));
  return home;
}
