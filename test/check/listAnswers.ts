// What tests of single lists share: addresses by their last number, return codes by address, and a check of chosen lists alone.
import { chooseLists, type ListWishes } from "../../server/src/check/lists.ts";
import { blocklistProbe } from "../../server/src/check/probes/blocklist.ts";
import type { Mail, Report } from "../../server/src/model.ts";
import { checkThrough, subjectAt } from "../support/check.ts";
import type { TestDns } from "../support/dns.ts";

/** The test's address with this last number. */
export function ip(last: number): string {
  return `81.2.69.${last}`;
}

/** Return codes of a list: last number → codes with blanks between. */
export function codes(answers: Readonly<Record<number, string>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(answers).map(([last, text]) => [ip(Number(last)), text.split(" ")]));
}

/** Asks the lists that these wishes choose, and nothing else. */
export function askLists(
  dns: TestDns,
  {
    address,
    wishes,
    mail,
  }: { readonly address: string; readonly wishes: Partial<ListWishes>; readonly mail: Partial<Mail> },
): Promise<Report> {
  const { lists } = chooseLists({ choices: {}, keys: {}, named: [], ...wishes });
  return checkThrough(dns.address, address, {
    subject: subjectAt(address, mail),
    probes: [blocklistProbe(lists)],
    secrets: Object.values(wishes.keys ?? {}),
  });
}
