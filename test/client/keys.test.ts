// Keys of lists: kept as secrets, and in no text that anybody reads.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { LogOutputChannel, SecretStorage } from "vscode";
import { Keys, keyFault } from "../../client/src/keys.ts";
import { maskedChannel } from "../../client/src/maskedChannel.ts";

const key = "AbCdEf0123456789AbCdEf0123";

function secrets(stored?: string): SecretStorage & { value: string | undefined } {
  const storage = {
    value: stored,
    get: async () => storage.value,
    store: async (_name: string, value: string) => {
      storage.value = value;
    },
    delete: async () => {
      storage.value = undefined;
    },
    onDidChange: () => ({ dispose: () => {} }),
  };
  return storage as unknown as SecretStorage & { value: string | undefined };
}

test("a key is 8 to 64 letters and digits", () => {
  for (const good of [key, "abcdefgh", ` ${key} `, "1".repeat(64)]) assert.equal(keyFault(good), undefined, good);
  for (const bad of ["", "short", "with-a-dash", "a.b.c.d.e", "1".repeat(65), "läääääänger"])
    assert.match(keyFault(bad) ?? "", /8 to 64/, bad);
});

test("keys are stored by their list, replaced, and removed without a trace", async () => {
  const storage = secrets();
  const keys = new Keys(storage);
  assert.deepEqual(await keys.read(), {});
  await keys.store("dqs", key);
  await keys.store("abusix", "ffffffffffffffff");
  assert.deepEqual(await keys.read(), { dqs: key, abusix: "ffffffffffffffff" });
  await keys.store("dqs", "0000000000000000");
  await keys.store("abusix", undefined);
  assert.deepEqual(await keys.read(), { dqs: "0000000000000000" });
  await keys.store("dqs", undefined);
  assert.equal(storage.value, undefined);
});

test("a storage that is broken, or holds what is no key, gives no keys", async () => {
  for (const stored of ["{", "7", "null", '{"dqs":7,"abusix":"a b"}'])
    assert.deepEqual(await new Keys(secrets(stored)).read(), {}, stored);
  const closed = { ...secrets(), get: () => Promise.reject(new Error("no keyring")) };
  assert.deepEqual(await new Keys(closed).read(), {});
});

test("every key that was ever held is masked, in any case of letters, the longer one first", async () => {
  const keys = new Keys(secrets(JSON.stringify({ dqs: key, other: `${key}99` })));
  await keys.read();
  await keys.store("dqs", undefined);
  assert.equal(
    keys.masked(`7.113.0.203.${key.toLowerCase()}.zen.dq.spamhaus.net`),
    "7.113.0.203.•••.zen.dq.spamhaus.net",
  );
  assert.equal(keys.masked(`"${key}99"`), '"•••"');
  assert.equal(keys.masked("nothing secret"), "nothing secret");
});

test("a traced request shows no key, whichever way it is written to the output", async () => {
  const written: string[] = [];
  const note = (...parts: unknown[]) => written.push(parts.map(String).join(" "));
  const methods = ["trace", "debug", "info", "warn", "error", "append", "appendLine", "replace"] as const;
  const real = {
    name: "SMTP Log Lens",
    onDidChangeLogLevel: () => {},
    ...Object.fromEntries(methods.map((m) => [m, note])),
  };
  const keys = new Keys(secrets(JSON.stringify({ dqs: key })));
  await keys.read();
  const channel = maskedChannel(real as unknown as LogOutputChannel, (text) => keys.masked(text));
  const request = `Params: ${JSON.stringify({ ips: ["81.2.69.160"], keys: { dqs: key } })}`;
  for (const method of methods) channel[method](request);
  channel.trace("Sending request", request, 7, undefined, new Error(`asked ${key}`));
  channel.error(new Error(`asked ${key}.zen.dq.spamhaus.net`));
  assert.equal(written.length, methods.length + 2);
  for (const text of written) assert.ok(!text.toLowerCase().includes(key.toLowerCase()), text);
  assert.ok(written.every((text) => text.includes("•••")));
  assert.match(written[0] ?? "", /81\.2\.69\.160/);
});
