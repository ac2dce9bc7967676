// The joint of what is unknown: findings that only their code explained, put together by what they say, and rows made of them.
import { providerEntries } from "./catalogue/data.ts";
import { listZone } from "./catalogue/lists.ts";
import { own } from "./catalogue/own.ts";
import { providerName } from "./catalogue/provider.ts";
import type { EntryRow, Match } from "./catalogue/rows.ts";
import { noWords, stubOf, wordsOfRow } from "./catalogue/stub.ts";
import { type Clusters, createClusters } from "./cluster/clusters.ts";
import { hintsOf, stretchesOf, templateOf } from "./cluster/template.ts";
import type { Finding } from "./model.ts";
import { createRedactor } from "./redacting.ts";

/** Rows for tokens that no other row holds: they say that a token is unknown. */
const restIds: ReadonlySet<string> = new Set(
  providerEntries.filter(({ match }) => match.rest !== undefined).map(({ entry }) => entry.id),
);

/** True when nothing but the reply's code or its class explained a finding, or a row for whatever is left. */
export function isUnknown({ entry, entryBy }: Finding): boolean {
  if (entry.provider === own) return false;
  if (entryBy === "code" || entryBy === "class" || entryBy === "none") return true;
  // "5.7.x" stands for a code that IANA has not registered, X.0.0 for no detail at all.
  const isVague = entryBy === "enhanced" && (entry.code.endsWith(".x") || entry.code.endsWith(".0.0"));
  return isVague || restIds.has(entry.id);
}

/** Clusters of what is unknown; other findings that are added are left out. */
export function createUnknown(): Clusters {
  const clusters = createClusters(isListZone);
  return {
    add: (finding, log) => {
      if (isUnknown(finding)) clusters.add(finding, log);
    },
    list: () => clusters.list(),
    get count() {
      return clusters.count;
    },
    get left() {
      return clusters.left;
    },
  };
}

/** What a finding says, masked as in the clusters. */
export function templateOfFinding({ delivery }: Finding): string {
  return templateOf(delivery.words, hintsOf(delivery, isListZone));
}

function isListZone(name: string): boolean {
  return listZone(name) === name;
}

/** A row to finish, and who it is about. */
export interface RowStub {
  readonly row: EntryRow;
  /** Id of the provider; undefined: nobody's, a row for a mail server or a common wording. */
  readonly provider: string | undefined;
  readonly providerName: string | undefined;
}

/** A row for what a finding says: the reply is in it as an example, redacted. */
export function stubOfFinding({ delivery, provider }: Finding, source: string): RowStub {
  const example = redacted(delivery.words);
  const hints = hintsOf(delivery, isListZone);
  const same = stretchesOf(example, hints).filter((stretch) => delivery.words.includes(stretch));
  const words = same.map(wordsOfRow).find((stretch) => stretch !== undefined);
  const token = delivery.reply?.token;
  const { code, enhanced } = delivery.reply ?? {};
  const named = token ?? words ?? [code, enhanced].filter((part) => part !== undefined).join(" ");
  const row = stubOf({
    code: named.length < 3 ? `Reply ${named}` : named,
    match: token === undefined ? matchOf(words, code) : { token: token.toUpperCase() },
    example: example.length < 8 ? `The reply ${example}` : example,
    source,
  });
  return { row, provider, providerName: provider === undefined ? undefined : providerName(provider) };
}

function matchOf(words: string | undefined, code: number | undefined): Match {
  const failing = code !== undefined && code >= 400 && code <= 599 ? { code: [code] } : {};
  return { words: [words ?? noWords], ...failing };
}

/** One line, without those who send and receive, and without anything that hides. */
function redacted(words: string): string {
  return createRedactor()
    .redact(words.replaceAll(/\s+/g, " "))
    .text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "");
}
