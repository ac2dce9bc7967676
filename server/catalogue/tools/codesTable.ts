// The table of all that the catalogue knows, as Markdown, made of the data alone.
import {
  hints,
  providerEntries,
  providers,
  refusingEntries,
  sendingEntries,
  standards,
  wordings,
} from "../../src/catalogue/data.ts";
import type { Entry } from "../../src/model.ts";

interface Part {
  readonly heading: string;
  readonly entries: readonly Entry[];
}

/** The whole of CODES.md. */
export function codesTable(): string {
  const known = [...providers].sort((a, b) => byText(a.name.toLowerCase(), b.name.toLowerCase()));
  const ofProviders = known.map(({ id, name }) => ({
    heading: `${name} (\`${id}\`)`,
    entries: providerEntries.map(({ entry }) => entry).filter(({ provider }) => provider === id),
  }));
  const parts = [...ofProviders, ...ofNobody()];
  const rows = ofProviders.reduce((sum, { entries }) => sum + entries.length, 0);
  return `${[
    "# Providers and codes",
    "",
    `What the catalogue knows: ${rows} rows of ${providers.length} providers, the words of mail servers, common wordings and the`,
    "codes of the standard. Made by `npm run catalogue -- table`; a test holds it up to date.",
    "",
    ...parts.flatMap(partLines),
  ].join("\n")}`;
}

function ofNobody(): Part[] {
  const standard = [...standards.values()].map(({ entry }) => entry);
  return [
    { heading: "What a mail server writes without a reply", entries: sendingEntries.map(({ entry }) => entry) },
    { heading: "What a mail server writes when it refuses", entries: refusingEntries.map(({ entry }) => entry) },
    { heading: "Common wordings", entries: [...wordings, ...hints].map(({ entry }) => entry) },
    { heading: "Reply codes", entries: standard.filter(({ code }) => !code.includes(".")) },
    { heading: "Enhanced status codes", entries: standard.filter(({ code }) => code.startsWith("X")) },
  ];
}

function partLines({ heading, entries }: Part): string[] {
  const head = ["| Code | What it is | Reason | Kind | Looked up |", "| --- | --- | --- | --- | --- |"];
  return [`## ${heading}`, "", ...(entries.length === 0 ? ["No rows yet."] : [...head, ...entries.map(line)]), ""];
}

function line({ code, title, reason, permanence, sources }: Entry): string {
  const newest =
    sources
      .map(({ checked }) => checked)
      .sort(byText)
      .at(-1) ?? "";
  return `| ${[`\`${code.replaceAll("|", "\\|")}\``, cell(title), reason, permanence, newest].join(" | ")} |`;
}

function cell(text: string): string {
  return text.replace(/[\\|<>*_`[\]]/g, "\\$&");
}

/** By the letters' numbers: the same in every language of a machine. */
function byText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
