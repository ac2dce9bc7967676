// Exim's own tools accept the change: every option is known, and the domains take the transport.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Throttle } from "../../../server/src/measurement.ts";
import { eximSetting } from "../../../server/src/tell/settings/servers/exim.ts";
import { openHome, type ServerHome, serverProgram } from "../../support/serverHome.ts";
import { changedFiles, present } from "./change.ts";
import { bare, cox, paused } from "./throttles.ts";

const stock = {
  "exim.conf": `keep_environment =
begin routers
others:
  driver = manualroute
  route_list = * 192.0.2.1
  transport = remote_smtp
  self = send
begin transports
remote_smtp:
  driver = smtp
begin retry
* * F,2h,15m
`,
  "/etc/default/exim4": "QUEUEINTERVAL='30m'\n",
} as const;

for (const [name, throttle] of Object.entries({ cox, bare, paused })) {
  test(`exim -bV has nothing to say against the change for ${name}`, (context) => {
    const home = changedHome(throttle, (text) => text);
    context.after(home.stop);
    const { status, stderr } = home.run([serverProgram.exim, "-C", file, "-bV"]);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
  });
}

test("Exim reads the numbers as options of the transport", (context) => {
  const home = changedHome(cox, (text) => text);
  context.after(home.stop);
  const { stdout } = home.run([serverProgram.exim, "-C", file, "-bP", "transport", "throttle_cox"]);
  for (const line of ["max_parallel = 2", "connection_max_messages = 100", "max_rcpt = 30", "hosts_max_try = 1"])
    assert.ok(stdout.split("\n").includes(line), line);
});

test("an address of a listed domain takes the transport, and no other does", (context) => {
  const home = changedHome(paused, withoutDns);
  context.after(home.stop);
  const route = (address: string): string => home.run([serverProgram.exim, "-C", file, "-bt", address]).stdout;
  const own = /router = throttle_exchange_online, transport = throttle_exchange_online/;
  assert.match(route("user@example.com"), own);
  assert.match(route("user@example.org"), own);
  assert.match(route("user@other.example"), /router = others, transport = remote_smtp/);
});

test("exim -bV stops at an option that it does not know, so the check would find one of ours", (context) => {
  const home = changedHome(cox, (text) => text.replace("max_parallel", "max_sessions"));
  context.after(home.stop);
  const { status, stderr } = home.run([serverProgram.exim, "-C", file, "-bV"]);
  assert.notEqual(status, 0);
  assert.match(stderr, /option "max_sessions" unknown/);
});

test("exim -bt stops at a router whose transport is missing", (context) => {
  const renamed = (text: string): string =>
    withoutDns(text).replace("throttle_cox:\n  driver = smtp", "other:\n  driver = smtp");
  const home = changedHome(cox, renamed);
  context.after(home.stop);
  const { status, stdout, stderr } = home.run([serverProgram.exim, "-C", file, "-bt", "user@cox.net"]);
  assert.notEqual(status, 0);
  assert.match(stdout + stderr, /"throttle_cox"/);
});

const file = "/etc/exim4/exim4.conf";

/** There is no DNS in the home, and none may be asked. */
function withoutDns(text: string): string {
  return text.replace("driver = dnslookup", "driver = manualroute\n  route_list = * 192.0.2.1\n  self = send");
}

function changedHome(throttle: Throttle, edit: (text: string) => string): ServerHome {
  const home = openHome();
  const { "exim.conf": text = "" } = changedFiles(present(eximSetting(throttle)), stock);
  home.write({ [file]: edit(text) });
  return home;
}
