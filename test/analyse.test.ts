// The joint: a log renewed by its changed lines equals the log read whole, years hold, and every Cox code is known.
import assert from "node:assert/strict";
import { test } from "node:test";
import { TextDocument } from "vscode-languageserver-textdocument";
import { analyse, findingsOn, readingOf, renewed } from "../server/src/analyse.ts";
import { withEditorBreaks } from "../server/src/log/scan.ts";
import type { Analysis, Finding } from "../server/src/model.ts";
import { annotatedLog } from "./log/support/annotated.ts";
import { realLog, realLogs } from "./log/support/truth.ts";
import { chanceFrom, type Edit, editNames, type Material, randomEdit } from "./lsp/edits.ts";

const options = { fileDate: new Date("2026-11-24T00:00:00Z"), certain: true };

/** A random run is repeated with SEED=… */
const seed = Number(process.env.SEED ?? 20_261_123);
const editsALog = 70;

const passages = ["transcript.txt", "bounce.txt"].map((name) => annotatedLog(name).text);
const pieces = [
  ...passages.flatMap((text) => text.split(/\n{2,}/).map((piece) => `${piece}\n`)),
  ...[8, 15, 22, 23, 24, 25, 40].flatMap(longReplies),
];

/** A folded reply, a wrapped one and a server's lines of a dialogue, each over `count` lines with the token on the last. */
function longReplies(count: number): string[] {
  const between = Array.from({ length: count - 2 }, (_, at) => `line ${at} of the explanation`);
  const folded = ["550-5.7.1 refused", ...between.map((text) => `550-5.7.1 ${text}`), "550 5.7.1 blocked. AUP#CXBL"];
  const wrapped = [
    "<a@cox.net>: host mx.example.net[192.0.2.9] said: 554 5.7.1 refused",
    ...between,
    "blocked. AUP#CXBL",
  ];
  return [
    folded,
    folded.map((line) => `<<< ${line}`),
    [...wrapped.slice(0, 1), ...wrapped.slice(1).map((line) => `    ${line}`)],
  ].map((lines) => `${lines.join("\n")}\n`);
}

interface Edited {
  readonly document: TextDocument;
  readonly analysis: Analysis;
}

function analysed(document: TextDocument): Analysis {
  const analysis = analyse(withEditorBreaks(document.getText()), options);
  assert.ok(analysis !== undefined, "a text that is certainly a mail log always has an analysis");
  return analysis;
}

/** Applies an edit to a document and renews its analysis by the changed lines only. */
function applied({ document, analysis }: Edited, { range, text }: Edit): Analysis {
  const before = document.lineCount;
  TextDocument.update(document, [{ range, text }], document.version + 1);
  const removed = range.end.line - range.start.line + 1;
  const inserted = removed + document.lineCount - before;
  return renewed(analysis, { first: range.start.line, removed, inserted }, (first, last) =>
    withEditorBreaks(document.getText({ start: { line: first, character: 0 }, end: { line: last, character: 0 } })),
  );
}

function brief(finding: Finding | undefined): string {
  if (finding === undefined) return "nothing";
  const { line, time, words } = finding.delivery;
  return `line ${line} at ${time}: ${finding.entry.id}, ${words.slice(0, 120)}`;
}

/** The first finding in which two lists differ, as a sentence; undefined when they are equal. */
function difference(renewed: readonly Finding[], whole: readonly Finding[]): string | undefined {
  for (let at = 0; at < Math.max(renewed.length, whole.length); at++) {
    try {
      assert.deepEqual(renewed[at], whole[at]);
    } catch {
      return `renewed has ${brief(renewed[at])}\nthe whole has ${brief(whole[at])}`;
    }
  }
  return undefined;
}

interface Run {
  readonly name: string;
  readonly text: string;
  readonly seed: number;
  readonly material: Material;
}

/** Edits a text again and again; gives the names of the edits after which both ways were compared. */
function editAtRandom({ name, text, seed, material }: Run): string[] {
  const chance = chanceFrom(seed);
  const document = TextDocument.create("file:///mail.log", "smtplog", 0, text);
  let analysis = analysed(document);
  const compared: string[] = [];
  for (let step = 0; step < editsALog; step++) {
    const edit = randomEdit(document, chance, material);
    const next = applied({ document, analysis }, edit);
    analysis = analysed(document);
    // Another format or another first year is the session's matter: it reads the log whole.
    if (analysis.format !== next.format || analysis.start.year !== next.start.year) continue;
    const wrong = difference(next.findings, analysis.findings);
    assert.equal(
      wrong,
      undefined,
      `${name}, SEED=${seed}, edit ${step} (${edit.name} at line ${edit.range.start.line}): ${wrong}`,
    );
    analysis = next;
    compared.push(edit.name);
  }
  return compared;
}

const seen = new Map<string, number>();

function materialFor(lines: readonly string[], lineBreak: string): Material {
  return { lines, passages: pieces, lineBreak };
}

for (const [index, name] of realLogs.entries()) {
  test(`${name}: after each of ${editsALog} random edits the renewed findings are those of the whole text`, () => {
    const text = realLog(name);
    const lines = text.split("\n").filter((line) => line !== "");
    const compared = editAtRandom({ name, text, seed: seed + index, material: materialFor(lines, "\n") });
    for (const edit of compared) seen.set(edit, (seen.get(edit) ?? 0) + 1);
    assert.ok(compared.length > editsALog / 2, `only ${compared.length} edits could be compared`);
  });
}

test("logs with CRLF are renewed as those with LF", () => {
  for (const [index, name] of ["postfix-maillog.log", "exim-mainlog.log", "sendmail.log"].entries()) {
    const lines = realLog(name).trimEnd().split("\n");
    const run = { name: `${name} with CRLF`, text: lines.join("\r\n"), material: materialFor(lines, "\r\n") };
    const compared = editAtRandom({ ...run, seed: seed + 100 + index });
    for (const edit of compared) seen.set(edit, (seen.get(edit) ?? 0) + 1);
    assert.ok(compared.length > editsALog / 2);
  }
});

test("transcripts and bounces, whose replies run over several lines, are renewed as if read whole", () => {
  const lines = [...passages, ...pieces].flatMap((text) => text.split("\n"));
  for (let run = 0; run < 12; run++) {
    const text = [...passages, ...pieces].join("\n");
    const lineBreak = run % 3 === 0 ? "\r\n" : "\n";
    const name = `transcripts ${run}`;
    editAtRandom({
      name,
      text: text.replaceAll("\n", lineBreak),
      seed: seed + 200 + run,
      material: materialFor(lines, lineBreak),
    });
  }
});

test("logs of different servers in one text are renewed as if read whole", () => {
  const lines = ["postfix-syslog-rfc3339.log", "exim-mainlog.log", "postfix-syslog-rfc5424.log"].flatMap((name) =>
    realLog(name).split("\n").slice(0, 300),
  );
  for (let run = 0; run < 4; run++) {
    const chance = chanceFrom(seed + 300 + run);
    const text = Array.from({ length: 500 }, () => chance.pick(lines)).join("\n");
    editAtRandom({ name: `mixed ${run}`, text, seed: seed + 310 + run, material: materialFor(lines, "\n") });
  }
});

test("the random edits above were of every kind, hundreds in all", () => {
  const all = [...seen.values()].reduce((sum, count) => sum + count, 0);
  assert.ok(all >= 600, `${all} edits were compared`);
  assert.deepEqual(
    editNames.filter((name) => !seen.has(name)),
    [],
  );
});

const sent = (stamp: string) =>
  `${stamp} mx1 postfix/smtp[904]: 044B211F7: to=<a@example.net>, relay=mx.example.net[192.0.2.9]:25, delay=0.1, delays=0/0/0.1/0, dsn=2.0.0, status=sent (250 2.0.0 Ok)`;
const refused = (stamp: string) =>
  `${stamp} mx1 postfix/smtp[904]: 044B211F7: to=<you@cox.net>, relay=cxr.mx.a.cloudfilter.net[192.0.2.9]:25, delay=0.1, delays=0/0/0.1/0, dsn=4.0.0, status=deferred (host cxr.mx.a.cloudfilter.net[192.0.2.9] refused to talk to me: 421 cmsmtp 203.0.113.7 blocked. AUP#CXCNCT)`;

/** Ten lines a day, the fifth refused, over the turn of the year. */
function newYearLog(): string[] {
  const days = ["Dec 29", "Dec 30", "Dec 31", "Jan  1", "Jan  2", "Jan  3"];
  return days.flatMap((day) =>
    Array.from({ length: 100 }, (_, at) =>
      (at % 10 === 5 ? refused : sent)(`${day} 10:${String(at % 60).padStart(2, "0")}:00`),
    ),
  );
}

const newYear = { fileDate: new Date("2027-01-03T12:00:00Z"), certain: false };

function opened(lines: readonly string[]): Edited {
  const document = TextDocument.create("file:///mail.log", "log", 0, lines.join("\n"));
  const analysis = analyse(document.getText(), newYear);
  assert.ok(analysis !== undefined);
  return { document, analysis };
}

function yearsByDay({ findings }: Analysis): Record<string, string[]> {
  const years: Record<string, Set<string>> = {};
  for (const { delivery } of findings) {
    const [year = "", day = ""] = [delivery.time?.slice(0, 4), delivery.time?.slice(5, 10)];
    years[day] = (years[day] ?? new Set()).add(year);
  }
  return Object.fromEntries(Object.entries(years).map(([day, all]) => [day, [...all]]));
}

const rightYears = {
  "12-29": ["2026"],
  "12-30": ["2026"],
  "12-31": ["2026"],
  "01-01": ["2027"],
  "01-02": ["2027"],
  "01-03": ["2027"],
};

function edit(line: number, removed: number, text: string): Edit {
  return {
    name: "by hand",
    range: { start: { line, character: 0 }, end: { line: line + removed, character: 0 } },
    text,
  };
}

test("a syslog log from December to January gets both years from the day its file was last written", () => {
  assert.deepEqual(yearsByDay(opened(newYearLog()).analysis), rightYears);
});

test("without a file's date a syslog time stays unknown, and is no guess", () => {
  const analysis = analyse(newYearLog().join("\n"), { fileDate: undefined, certain: false });
  assert.deepEqual([...new Set(analysis?.findings.map(({ delivery }) => delivery.time))], [undefined]);
});

test("an edit in the middle of December or of January keeps the year of every line", () => {
  for (const line of [150, 250, 299, 300, 305, 350, 450, 595]) {
    const log = opened(newYearLog());
    assert.deepEqual(
      yearsByDay(applied(log, edit(line, 3, `${sent(line < 300 ? "Dec 31 10:00:00" : "Jan  2 10:00:00")}\n`))),
      rightYears,
      `edit at ${line}`,
    );
  }
});

test("a line without a time does not lead the lines behind it back into the old year", () => {
  const lines = newYearLog();
  lines.splice(460, 0, "<you@cox.net>: host mx.example.net[192.0.2.9] said: 550 5.1.1 user unknown");
  const log = opened(lines);
  const { "": untimed, ...years } = yearsByDay(applied(log, edit(490, 1, `${sent("Jan  2 10:00:00")}\n`)));
  assert.deepEqual(years, rightYears);
  assert.ok(untimed !== undefined, "the line without a time is a finding too");
});

test("when December is deleted from the top, January keeps its year", () => {
  const { "01-01": first, "01-02": second } = yearsByDay(applied(opened(newYearLog()), edit(0, 300, "")));
  assert.deepEqual([first, second], [["2027"], ["2027"]]);
});

test("a line of January appended to a log that ended in December is of the new year", () => {
  const lines = newYearLog().slice(0, 300);
  const document = TextDocument.create("file:///mail.log", "log", 0, `${lines.join("\n")}\n`);
  const analysis = analyse(document.getText(), { fileDate: new Date("2026-12-31T23:59:00Z"), certain: false });
  assert.ok(analysis !== undefined);
  const next = applied({ document, analysis }, edit(300, 0, `${refused("Jan  1 00:00:10")}\n`));
  assert.equal(next.findings.at(-1)?.delivery.time, "2027-01-01T00:00:10");
});

test("findings are found by their line, and a line can be read alone", () => {
  const { analysis, document } = opened(newYearLog());
  assert.deepEqual(
    findingsOn(analysis, 5).map(({ entry }) => entry.id),
    ["cox/CXCNCT"],
  );
  assert.deepEqual(findingsOn(analysis, 6), []);
  const line = document.getText({ start: { line: 5, character: 0 }, end: { line: 6, character: 0 } }).trimEnd();
  const { delivery } = readingOf(analysis, line, () => undefined);
  assert.equal(delivery?.reply?.token, "AUP#CXCNCT");
});
