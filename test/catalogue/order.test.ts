// The order of the catalogue's files has no meaning: no two providers claim the same host, domain, token or words at the same time.
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../server/src/analyse.ts";
import { providers } from "../../server/src/catalogue/data.ts";
import type { Dated, ProviderFile } from "../../server/src/catalogue/rows.ts";
import { realLog } from "../log/support/truth.ts";

interface Claimed extends Dated {
  readonly provider: string;
}

function overlap(a: Dated, b: Dated): boolean {
  return (a.since ?? "") < (b.until ?? "9") && (b.since ?? "") < (a.until ?? "9");
}

/** Claims of two providers to one pattern in the same time. */
function disputes(part: (file: ProviderFile) => readonly Dated[]): string[] {
  const all: Claimed[] = providers.flatMap((file) => part(file).map((row) => ({ ...row, provider: file.id })));
  return all.flatMap((one, at) =>
    all
      .slice(at + 1)
      .filter((other) => other.pattern === one.pattern && other.provider !== one.provider && overlap(one, other))
      .map((other) => `${one.pattern}: ${one.provider} and ${other.provider}`),
  );
}

test("no two providers claim the same mail host at the same time", () => {
  assert.deepEqual(
    disputes(({ hosts }) => hosts),
    [],
  );
});

test("no two providers claim the same domain at the same time", () => {
  assert.deepEqual(
    disputes(({ domains }) => domains),
    [],
  );
});

test("a marker names one provider: it is no beginning and no part of another's", () => {
  const marks = (part: (file: ProviderFile) => readonly string[]) =>
    providers.flatMap((file) => part(file).map((text) => ({ text, provider: file.id })));
  const clashing = (all: ReturnType<typeof marks>, clash: (a: string, b: string) => boolean): string[] =>
    all.flatMap((one) =>
      all
        .filter((other) => other.provider !== one.provider && clash(one.text, other.text))
        .map((other) => `${one.text} of ${one.provider} in ${other.text} of ${other.provider}`),
    );
  assert.deepEqual(
    clashing(
      marks(({ markers }) => markers.tokens ?? []),
      (a, b) => b.startsWith(a),
    ),
    [],
  );
  assert.deepEqual(
    clashing(
      marks(({ markers }) => markers.words ?? []),
      (a, b) => b.includes(a),
    ),
    [],
  );
});

test("two logs give the same findings, whichever is read first", () => {
  const names = ["postfix-maillog.log", "exim-mainlog.log", "sendmail.log"];
  const read = (name: string) => {
    const analysis = analyse(realLog(name), { fileDate: new Date("2026-11-24T00:00:00Z"), certain: true });
    return analysis?.findings.map(({ delivery, entry, provider }) => [delivery.line, entry.id, provider]);
  };
  const forth = names.map(read);
  const back = [...names].reverse().map(read).reverse();
  assert.deepEqual(back, forth);
});
