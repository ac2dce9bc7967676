// A redacted log is understood as the log was, and tells of nobody.
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse, readingOf } from "../../server/src/analyse.ts";
import { isPublicName } from "../../server/src/catalogue/publicNames.ts";
import { isRole, isService } from "../../server/src/redact/services.ts";
import { allLogs, asIfReal, comparable, redacted, textOf } from "./logs.ts";

for (const path of allLogs) {
  test(`${path}: the same findings before and after, and after once more`, () => {
    const text = textOf(path);
    const once = redacted(text);
    const before = comparable(text);
    assert.deepEqual(comparable(once), before);
    assert.deepEqual(comparable(redacted(once)), before);
  });

  test(`${path}: no mailbox, no customer's domain and no address of ours is left`, () => {
    const text = asIfReal(textOf(path));
    const after = redacted(text);
    const people = peopleOf(text);
    for (const local of people.locals) assert.ok(!hasWord(after, `${local}@`), `${local}@ is left`);
    for (const local of [...people.locals].filter(isTelling)) assert.ok(!hasWord(after, local), `${local} is left`);
    for (const domain of people.domains) assert.ok(!after.toLowerCase().includes(domain), `${domain} is left`);
    for (const ip of people.addresses) assert.ok(!after.includes(ip), `${ip} is left`);
  });

  test(`${path}: nothing else changes`, () => {
    const text = textOf(path);
    const before = text.split("\n");
    const after = redacted(text).split("\n");
    assert.equal(after.length, before.length);
    for (const [at, line] of before.entries()) assert.deepEqual(impersonal(after[at] ?? ""), impersonal(line), line);
  });
}

interface People {
  readonly locals: ReadonlySet<string>;
  readonly domains: ReadonlySet<string>;
  readonly addresses: ReadonlySet<string>;
}

/** Everybody whom the reader itself sees on any line. */
function peopleOf(text: string): People {
  const analysis = analyse(text, { fileDate: undefined, certain: true });
  assert.ok(analysis);
  const locals = new Set<string>();
  const domains = new Set<string>();
  for (const line of text.split("\n")) {
    for (const { kind, start, end } of readingOf(analysis, line, () => undefined).fields) {
      if (kind !== "recipient" && kind !== "sender") continue;
      const [local = "", domain = ""] = line
        .slice(start, end)
        .toLowerCase()
        .split(/@(?=[^@]*$)/);
      if (!isRole(local) && domain !== "") locals.add(local);
      if (domain.includes(".") && !isService(domain.split(".")) && !isPublicName(domain)) domains.add(domain);
    }
  }
  const own = analysis.findings.map(({ delivery }) => delivery.sourceIp ?? "");
  return { locals, domains, addresses: new Set(own.filter((ip) => ip !== "" && !ip.startsWith("127."))) };
}

/** Long enough, and with a digit: no word of a refusal. */
function isTelling(local: string): boolean {
  return local.length > 3 && /\d/.test(local) && /[a-z]/.test(local);
}

function hasWord(text: string, word: string): boolean {
  const quoted = word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return new RegExp(`(?<![\\w.-])${quoted}(?![\\w-])`, "i").test(text);
}

/** What no redaction may touch: times, codes, tokens, status words, numbers of processes, and the marks that part values. */
function impersonal(whole: string): unknown {
  // A subject may quote anything.
  const line = whole.replace(/ T="(?:[^"\\]|\\.)*"|Subject: .*|subject\\?"?[=:]\\?"(?:[^"\\]|\\.)*"/gi, "");
  const all = (shape: RegExp): string[] => line.match(shape) ?? [];
  return {
    time: all(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d/g),
    codes: all(/(?<![\w.-])[2-5]\d\d(?=[ -])(?:[ -][245]\.\d{1,3}\.\d{1,3})?/g),
    tokens: all(
      /AUP#[\w-]+|TSS\d+|S\d{4}|\bAS\(\d+\)|zen\.spamhaus\.org|(?:status|stat|dsn|delays?|proto|mailer|size)=[^\s,(;]+/g,
    ),
    processes: all(/[\w/-]+\[\d+\](?=:)/g),
    structure: line.replace(/\\?"(?:[^"\\]|\\.)*"/g, "").match(/[<>;,|{}]|(?<= )(?:\*\*|==|=>|<=)(?= )/g),
  };
}
