// Where a domain ends and its owner begins, as far as a set of usual endings tells, and the one spelling of names in other scripts.

/** Labels under which many have their domains. */
const shared = new Set("co com net org ac gov edu ne or go gob gen mil nom ltd plc me sch nhs info biz".split(" "));

/** True for the labels of an ending that many share, such as "co.uk". */
export function isShared(labels: readonly string[]): boolean {
  return labels.length === 2 && shared.has(labels[0] ?? "") && labels[1]?.length === 2;
}

/** How many labels at the end of a name, in lower case, belong to its owner: 2 for example.org, 3 for example.co.uk. */
export function ownedLabels(labels: readonly string[]): number {
  return labels.length > 2 && isShared(labels.slice(-2)) ? 3 : Math.min(2, labels.length);
}

/** The name as the DNS has it, for one in letters of another script (RFC 5891); "" when there is none. */
export function asciiName(name: string): string {
  if (!/[^\x20-\x7e]/.test(name) || name.includes("@")) return name;
  try {
    return new URL(`http://${name}/`).hostname;
  } catch {
    return "";
  }
}
