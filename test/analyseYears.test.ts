// The years that syslog leaves out: from the file's date, across the turn of the year, and after edits.
import assert from "node:assert/strict";
import { test } from "node:test";
import { TextDocument } from "vscode-languageserver-textdocument";
import { analyse, findingsOn, readingOf } from "../server/src/analyse.ts";
import type { Analysis } from "../server/src/model.ts";
import { type Edit, edited, type Open } from "./lsp/edits.ts";

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

function opened(lines: readonly string[]): Open {
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

function replacing(line: number, removed: number, text: string): Edit {
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
      yearsByDay(edited(log, replacing(line, 3, `${sent(line < 300 ? "Dec 31 10:00:00" : "Jan  2 10:00:00")}\n`))),
      rightYears,
      `edit at ${line}`,
    );
  }
});

test("a line without a time does not lead the lines behind it back into the old year", () => {
  const lines = newYearLog();
  lines.splice(460, 0, "<you@cox.net>: host mx.example.net[192.0.2.9] said: 550 5.1.1 user unknown");
  const log = opened(lines);
  const { "": untimed, ...years } = yearsByDay(edited(log, replacing(490, 1, `${sent("Jan  2 10:00:00")}\n`)));
  assert.deepEqual(years, rightYears);
  assert.ok(untimed !== undefined, "the line without a time is a finding too");
});

test("when December is deleted from the top, January keeps its year", () => {
  const { "01-01": first, "01-02": second } = yearsByDay(edited(opened(newYearLog()), replacing(0, 300, "")));
  assert.deepEqual([first, second], [["2027"], ["2027"]]);
});

test("a line of January appended to a log that ended in December is of the new year", () => {
  const lines = newYearLog().slice(0, 300);
  const document = TextDocument.create("file:///mail.log", "log", 0, `${lines.join("\n")}\n`);
  const analysis = analyse(document.getText(), { fileDate: new Date("2026-12-31T23:59:00Z"), certain: false });
  assert.ok(analysis !== undefined);
  const next = edited({ document, analysis }, replacing(300, 0, `${refused("Jan  1 00:00:10")}\n`));
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
