// What kind of failure a finding is: by provider, explanation, code and who refused whom.
import { providerName } from "../catalogue/provider.ts";
import type { Finding } from "../model.ts";
import { pageId } from "../tell/pages.ts";
import { codeLabel, kindOf } from "../tell/words.ts";
import type { About } from "./heap.ts";

/** The id of a finding's kind of failure: by provider, explanation, code and who refused whom. */
export function heapId(finding: Finding): string {
  return idOf(finding, pageId(finding.entry, finding.decoded), codeLabel(finding));
}

/** The same, whatever code the log itself names. */
export function commonId(finding: Finding): string {
  return idOf(finding, finding.entry.id, finding.entry.code);
}

function idOf(finding: Finding, page: string, label: string): string {
  const { provider = "", permanent } = finding;
  return `${provider} ${page} ${permanent ? "permanent" : "temporary"} ${kindOf(finding)} ${label}`;
}

/** What a finding's heap is about; `keep` gives a copy of a text that holds nothing else in memory. */
export function aboutOf(finding: Finding, keep: (text: string) => string): About {
  const label = keep(codeLabel(finding));
  return { ...sharedOf(finding), id: keep(heapId(finding)), page: pageId(finding.entry, finding.decoded), label };
}

/** What it is about when its code does not matter. */
export function commonOf(finding: Finding): About {
  return { ...sharedOf(finding), id: commonId(finding), page: finding.entry.id, label: finding.entry.code };
}

function sharedOf(finding: Finding) {
  const { entry, provider, permanent } = finding;
  const { title, reason, permanence } = entry;
  return { provider, providerName: nameOf(finding), title, reason, permanence, kind: kindOf(finding), permanent };
}

/** Who refused, for a person. */
export function nameOf(finding: Finding): string {
  return refuserName(finding, finding.provider);
}

/** The same, when another provider had given the same answer. */
export function refuserName({ delivery }: Finding, provider: string | undefined): string {
  if (delivery.direction === "we-refused-them") return "Our own server";
  return provider === undefined ? "Provider not known" : providerName(provider);
}
