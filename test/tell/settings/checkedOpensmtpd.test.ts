// OpenSMTPD's own check accepts the change, though its manual does not describe it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { opensmtpdSetting } from "../../../server/src/tell/settings/servers/opensmtpd.ts";
import { openHome, serverProgram } from "../../support/serverHome.ts";
import { changedFiles, present } from "./change.ts";
import { bare, cox, paused } from "./throttles.ts";

const stock = { "/etc/smtpd.conf": 'action "relay" relay\nmatch from local for any action "relay"\n' } as const;
const numbered = { ...cox, domains: ["1und1.example", "163.com"] };

for (const [name, throttle] of Object.entries({ cox, bare, paused, "domains that begin with a digit": numbered })) {
  test(`smtpd -n accepts the change for ${name}`, (context) => {
    const home = openHome();
    context.after(home.stop);
    home.write(changedFiles(present(opensmtpdSetting(throttle)), stock));
    const { status, stderr } = home.run([serverProgram.smtpd, "-n", "-f", "/etc/smtpd.conf"]);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: "configuration OK\n" });
  });
}

test("smtpd -n names a limit that it does not know, so the check would find one of ours", (context) => {
  const home = openHome();
  context.after(home.stop);
  const { "/etc/smtpd.conf": text = "" } = changedFiles(present(opensmtpdSetting(cox)), stock);
  home.write({ "/etc/smtpd.conf": text.replace("max-conn-per-domain", "max-conn-per-provider") });
  const { status, stderr } = home.run([serverProgram.smtpd, "-n", "-f", "/etc/smtpd.conf"]);
  assert.notEqual(status, 0);
  assert.match(stderr, /invalid mta limit keyword: max-conn-per-provider/);
});
