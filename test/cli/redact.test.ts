// `smtp-log-lens redact`: logs with pseudonyms on standard output, whatever their size.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { realLog } from "../log/support/truth.ts";
import { comparable, redacted } from "../redact/logs.ts";
import { folderWith, run } from "./program.ts";

const first =
  "Nov 23 18:16:04 mx1 postfix/qmgr[9]: 044B211F7: from=<ann@example.org>, size=1, nrcpt=1 (queue active)\n";
const second =
  "Nov 23 18:16:05 mx1 postfix/qmgr[9]: 044B211F8: from=<bob@example.org>, size=1, nrcpt=1 (queue active)\n";
const logs = folderWith({
  "mail.log": second,
  "mail.log.1": first,
  "many.log": first.repeat(60_000),
  "open-end.log": first.trimEnd(),
  "mail.log.2.gz": gzipSync(first),
});
after(() => logs.remove());

const asRedacted = (name: string, line: string): string =>
  line.replace("mx1", "mx-1").replace(/<.*>/, `<${name}@domain-1.example>`);

test("logs given together share their pseudonyms, in the order given", async () => {
  const { code, stdout, stderr } = await run(["redact", logs.path("mail.log.1"), logs.path("mail.log")]);
  assert.equal(stderr, "");
  assert.equal(stdout, asRedacted("user-1", first) + asRedacted("user-2", second));
  assert.equal(code, 0);
});

test("standard input is redacted, and what it says is found in it as before", async () => {
  const text = realLog("postfix-maillog.log");
  const { code, stdout } = await run(["redact", "-"], text);
  assert.equal(code, 0);
  assert.equal(stdout, redacted(text));
  assert.deepEqual(comparable(stdout), comparable(text));
});

test("a log of several chunks comes out whole, and a last line without an end stays so", async () => {
  const many = await run(["redact", logs.path("many.log")]);
  assert.equal(many.stdout, asRedacted("user-1", first).repeat(60_000));
  const open = await run(["redact", logs.path("open-end.log")]);
  assert.equal(open.stdout, asRedacted("user-1", first).trimEnd());
});

test("a key from the environment gives the same pseudonyms in every run, and is not printed", async () => {
  const key = "correct horse battery staple";
  process.env.REDACT_TEST_KEY = key;
  try {
    const [one, other] = [
      await run(["redact", logs.path("mail.log"), "--key-env", "REDACT_TEST_KEY"]),
      await run(["redact", logs.path("mail.log.1"), logs.path("mail.log"), "--key-env", "REDACT_TEST_KEY"]),
    ];
    assert.equal(one.code, 0);
    assert.match(one.stdout, /from=<user-[0-9a-f]{12}@domain-[0-9a-f]{12}\.example>/);
    assert.ok(other.stdout.endsWith(one.stdout));
    assert.ok(!`${one.stdout}${one.stderr}`.includes(key));
  } finally {
    delete process.env.REDACT_TEST_KEY;
  }
});

test("a key that is missing or short is refused before anything is printed", async () => {
  process.env.REDACT_TEST_SHORT = "short";
  try {
    for (const name of ["REDACT_TEST_SHORT", "REDACT_TEST_NONE"]) {
      const { code, stdout, stderr } = await run(["redact", logs.path("mail.log"), "--key-env", name]);
      assert.equal(code, 2);
      assert.equal(stdout, "");
      assert.match(stderr, /at least 16 characters/);
      assert.ok(!stderr.includes("short\n"));
    }
  } finally {
    delete process.env.REDACT_TEST_SHORT;
  }
});

test("a file that cannot be read is named, and the others are redacted", async () => {
  const { code, stdout, stderr } = await run([
    "redact",
    logs.path("none.log"),
    logs.path("mail.log.2.gz"),
    logs.path("mail.log"),
  ]);
  assert.equal(code, 1);
  assert.match(
    stderr,
    /none\.log does not exist\.\n.*it is compressed\. Unpack it first: gzip -dc FILE \| smtp-log-lens redact -\n$/s,
  );
  assert.equal(stdout, asRedacted("user-1", second));
});

test("without a file the command line is not understood", async () => {
  const { code, stderr } = await run(["redact"]);
  assert.equal(code, 2);
  assert.match(stderr, /Name a log file/);
});
