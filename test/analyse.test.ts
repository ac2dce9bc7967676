// The joint: after any edit a log renewed by its changed lines equals the log read whole.
import assert from "node:assert/strict";
import { test } from "node:test";
import { TextDocument } from "vscode-languageserver-textdocument";
import { analyse } from "../server/src/analyse.ts";
import { withEditorBreaks } from "../server/src/log/scan.ts";
import type { Analysis, Finding } from "../server/src/model.ts";
import { annotatedLog } from "./log/support/annotated.ts";
import { realLog, realLogs } from "./log/support/truth.ts";
import { chanceFrom, edited, editNames, type Material, randomEdit } from "./lsp/edits.ts";

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

function analysed(document: TextDocument): Analysis {
  const analysis = analyse(withEditorBreaks(document.getText()), options);
  assert.ok(analysis !== undefined, "a text that is certainly a mail log always has an analysis");
  return analysis;
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
    const next = edited({ document, analysis }, edit);
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
