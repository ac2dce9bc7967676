// The refusal that `check --provider ID --code TOKEN` names, found in the catalogue.
import { entries, entryById, findCode, type Known, providers } from "../catalogue/data.ts";
import { visible } from "../tell/markdown.ts";
import { pageId } from "../tell/pages.ts";
import { UsageError } from "./usage.ts";

const mostNames = 40;

/** The entry of a code, of this provider or of the only one that has it. Throws a UsageError that lists what there is. */
export function codeNamed({ provider, code }: { readonly provider: string | undefined; readonly code: string }): Known {
  return provider === undefined ? anywhere(code) : at(providerNamed(provider), code);
}

function anywhere(code: string): Known {
  const found = findCode(code);
  const [first] = found;
  if (first === undefined) {
    throw new UsageError(
      `Nothing is known about the code "${shown(code)}". Write it as the refusal has it, such as AUP#CXCNCT or 5.7.1.`,
    );
  }
  // Several of one owner are the parts of one reply, "421 4.7.0", the more exact part first.
  if (found.every(({ entry }) => entry.provider === first.entry.provider)) return first;
  throw new UsageError(`"${shown(code)}" may be any of ${ids(found)}. Say which by --provider.`);
}

interface Provider {
  readonly id: string;
  readonly name: string;
}

const known: readonly Provider[] = [...providers, { id: "standard", name: "the standard" }];

/** The provider that the user names by id or name. Throws a UsageError that lists what there is. */
export function providerNamed(text: string): Provider {
  const plain = text.trim().toLowerCase();
  const found = known.find(({ id, name }) => id === plain || name.toLowerCase() === plain);
  if (found !== undefined) return found;
  const all = known.map(({ id }) => id).join(", ");
  throw new UsageError(`There is no provider "${shown(text)}". There are: ${all}.`);
}

function at({ id, name }: Provider, code: string): Known {
  const short = code.trim().replace(/^AUP#/i, "");
  const found = [
    entryById(`${id}/${code.trim()}`),
    entryById(`${id}/${short}`),
    ...findCode(code).filter(({ entry }) => entry.provider === id),
    // Gmail's "4.7.28" and "5.7.28" are one entry, "X.7.28".
    ...own(id).filter(({ entry }) => entry.code.toLowerCase() === short.toLowerCase().replace(/^[245]\./, "x.")),
  ].find((one) => one !== undefined);
  if (found !== undefined) return found;
  throw new UsageError(`${name} has no code "${shown(code)}". There are: ${ids(own(id))}.`);
}

function own(provider: string): Known[] {
  return entries.filter((entry) => entry.provider === provider).map((entry) => ({ entry, decoded: undefined }));
}

/** "cox/CXCNCT, cox/CXBL, …" */
function ids(found: readonly Known[]): string {
  const names = [...new Set(found.map(({ entry, decoded }) => pageId(entry, decoded)))];
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : "";
  return `${names.slice(0, mostNames).join(", ")}${more}`;
}

function shown(text: string): string {
  return visible(text.slice(0, 80));
}
