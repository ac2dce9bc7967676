// How `check` tells its reports: JSON, Markdown, redacted, several addresses at once; and that no key is ever told.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { markupOf } from "../hostile/markup.ts";
import type { TestDns } from "../support/dns.ts";
import { program } from "../support/dns-process.ts";
import { fine, key, listed, questionsDuring, startLists, unnamed } from "./checkDns.ts";
import { cli, run } from "./program.ts";

let dns: TestDns;
before(async () => {
  dns = await startLists();
});
after(() => dns?.stop());

function check(...args: string[]) {
  return run(["check", "--resolver", dns.address, ...args]);
}

test("--json gives one object with the verdict and the rows", async () => {
  const { code, stdout } = await check(listed, "--yes", "--json");
  assert.equal(code, 1);
  assert.equal(stdout.trimEnd().split("\n").length, 1);
  const report = JSON.parse(stdout);
  assert.match(report.verdict, /PBL/);
  assert.deepEqual([report.address, report.ended], [listed, "complete"]);
  const row = (id: string) => report.rows.find((one: { id: string }) => one.id === id);
  assert.deepEqual(
    ["zen.spamhaus.org", "ptr", "fcrdns"].map((id) => [row(id)?.verdict, row(id)?.resolver]),
    [
      ["listed", dns.address],
      ["pass", dns.address],
      ["pass", dns.address],
    ],
  );
  assert.equal(row("zen.spamhaus.org").asked[0], "160.69.2.81.zen.spamhaus.org A");
  for (const row of report.rows)
    for (const name of ["probe", "question", "answer", "verdict", "ms", "remedy"])
      assert.ok(row[name] !== undefined, `${row.id} has ${name}, null when there is none`);
});

test("--json of several addresses gives one object with all reports, each address once", async () => {
  const { code, stdout } = await check(listed, fine, ` ${listed} `, "--yes", "--json");
  assert.equal(code, 1);
  const { reports } = JSON.parse(stdout);
  assert.deepEqual(
    reports.map(({ address }: { address: string }) => address),
    [listed, fine],
  );
});

test("the exit code of several addresses is that of the worst", async () => {
  assert.equal((await check(fine, "203.0.113.7", "--yes")).code, 3);
  assert.equal((await check(fine, "203.0.113.7", unnamed, "--yes")).code, 1);
  assert.equal((await check(fine, "--yes")).code, 0);
});

test("more than five addresses want --many besides --yes; those that are not public do not count", async () => {
  const six = ["81.2.69.10", "81.2.69.11", "81.2.69.12", "81.2.69.13", "81.2.69.14", "81.2.69.15"];
  const asked = await questionsDuring(dns, async () => {
    const { code, stdout, stderr } = await check(...six, "--yes");
    assert.deepEqual([code, stdout], [3, ""]);
    assert.match(stderr, /Add --yes --many to agree/);
  });
  assert.deepEqual(asked, []);
  assert.equal((await check(...six, "--yes", "--many", "--json")).stdout.split('"verdict":"').length > 6, true);
  const mixed = [...six.slice(0, 1), "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5"];
  assert.equal((await check(...mixed, "--yes")).code, 1, "one address is asked about, and it has no name");
});

test("--markdown gives a heading, a table and the rows, and nothing before them", async () => {
  const { code, stdout, stderr } = await check(
    listed,
    "--yes",
    "--markdown",
    "--provider",
    "cox",
    "--code",
    "IPBL0001",
  );
  assert.deepEqual([code, stderr], [1, ""]);
  const { headings, kinds, html } = markupOf(stdout);
  assert.match(headings[0] ?? "", /^Check of/);
  assert.ok(headings.some((heading) => heading.startsWith("✗ LISTED: Is it on Spamhaus ZEN")));
  assert.ok(kinds.has("table"));
  assert.deepEqual(html, []);
});

const mail = ["--helo", "mail.example.net", "--from", "jane@example.net", "--header-from", "example.net"];
const own = ["81.2.69.160", "160.69.2.81", "mail.example.net", "jane", "example.net"];

for (const form of [[], ["--json"], ["--markdown"]]) {
  test(`--redact leaves nothing of the sender in ${form[0] ?? "the text"}`, async () => {
    const { code, stdout } = await check(listed, "--yes", "--redact", ...form, ...mail);
    assert.equal(code, 1);
    for (const name of own) assert.equal(stdout.toLowerCase().includes(name), false, `${name} is left in ${stdout}`);
    assert.match(stdout.replaceAll("\\", ""), /\[sending IP\]/);
    assert.match(stdout, /Spamhaus ZEN/);
  });
}

test("a key comes from the environment, is used, and is in no output whatever happens", async () => {
  process.env.SMTP_LOG_LENS_KEY_DQS = key;
  try {
    const asked = await questionsDuring(dns, async () => {
      for (const args of [
        ...[[listed], [listed, "--yes"], [listed, "--yes", "--json"], [listed, "--yes", "--markdown"]],
        ...[
          [listed, "--yes", "--redact"],
          [listed, "--yes", "--list", `${key}.zen.dq.spamhaus.net`],
        ],
        ...[["--yes"], [listed, "--list", `${key}.zen.dq.spamhaus.org`], [listed, "--yes", "--resolver", "nothing"]],
      ]) {
        const { stdout, stderr } = await check(...args);
        assert.equal(`${stdout}${stderr}`.toLowerCase().includes(key), false, args.join(" ").replaceAll(key, "KEY"));
      }
      const { stdout } = await check(listed, "--yes", "--json");
      assert.match(stdout, /•••\.zen\.dq\.spamhaus\.net/);
      assert.match(
        JSON.parse(stdout).rows.find((row: { id: string }) => row.id === "zen.spamhaus.org").verdict,
        /^listed$/,
      );
    });
    assert.ok(asked.includes(`160.69.2.81.${key}.zen.dq.spamhaus.net A`));
  } finally {
    delete process.env.SMTP_LOG_LENS_KEY_DQS;
  }
});

test("a key that can be none is not used and not printed, and that is said", async () => {
  process.env.SMTP_LOG_LENS_KEY_DQS = "bad key/with.signs";
  try {
    const { stderr } = await check(listed);
    assert.match(stderr, /The key for Spamhaus Data Query Service is not used/);
    assert.equal(stderr.includes("with.signs"), false);
  } finally {
    delete process.env.SMTP_LOG_LENS_KEY_DQS;
  }
});

/** Runs the check in a terminal of its own, with this typed. */
async function inTerminal(args: readonly string[], typed: string): Promise<{ code: number | null; shown: string }> {
  const line = [process.execPath, cli, "check", "--resolver", dns.address, ...args]
    .map((part) => `'${part}'`)
    .join(" ");
  const child = spawn(program("script"), ["-qec", line, "/dev/null"], { stdio: ["pipe", "pipe", "inherit"] });
  let shown = "";
  let answered = false;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    shown += text;
    if (answered || !/\[y\/N\] |all of them: /.test(shown)) return;
    answered = true;
    child.stdin.write(typed);
  });
  const [code] = await once(child, "close");
  return { code, shown };
}

test("in a terminal a typed y is the consent, and anything else is none", async () => {
  const { code, shown } = await inTerminal([fine], "y\n");
  assert.equal(code, 0, shown);
  assert.match(shown, /not listed: Is it on Spamhaus ZEN/);
  const asked = await questionsDuring(dns, async () => {
    for (const typed of ["\n", "n\n", "yolo\n", "\u0004", "\u0003"]) {
      const { code, shown } = await inTerminal([fine], typed);
      assert.equal(code, 3, JSON.stringify(typed));
      assert.match(shown, /Nothing was asked/, JSON.stringify(typed));
    }
  });
  assert.deepEqual(asked, []);
});

test("in a terminal so many addresses want their number typed", async () => {
  const six = ["81.2.69.10", "81.2.69.11", "81.2.69.12", "81.2.69.13", "81.2.69.14", "81.2.69.15"];
  const asked = await questionsDuring(dns, async () => {
    assert.equal((await inTerminal(six, "y\n")).code, 3);
  });
  assert.deepEqual(asked, []);
  assert.equal((await inTerminal(six, "6\n")).code, 1);
});
