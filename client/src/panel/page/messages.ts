// What the panel and its page say to each other, and the guards at both ends.
import type { CheckPlan, Page, Report, Row } from "../../../../server/src/protocol.ts";

/** What the page shows. */
export type View =
  | { readonly state: "loading" }
  | { readonly state: "page"; readonly page: Page; readonly logOpen: boolean }
  | { readonly state: "missing"; readonly path: string }
  | { readonly state: "gone"; readonly why: string };

/** How far the check of an address has come. */
export type CheckState =
  | { readonly state: "idle" }
  | { readonly state: "planning"; readonly ip: string }
  | { readonly state: "refused"; readonly ip: string; readonly reason: string }
  | { readonly state: "planned"; readonly plan: CheckPlan }
  | { readonly state: "running"; readonly plan: CheckPlan; readonly rows: readonly Row[] }
  | { readonly state: "done"; readonly report: Report }
  | { readonly state: "stopped"; readonly rows: readonly Row[] }
  | { readonly state: "failed"; readonly why: string };

/** From the panel to its page. */
export type ToPage =
  | { readonly type: "view"; readonly view: View }
  | { readonly type: "check"; readonly check: CheckState };

/** From the page to its panel. */
export type FromPage =
  | { readonly type: "ready" }
  | { readonly type: "reload" }
  | { readonly type: "cancel" }
  | { readonly type: "jump"; readonly uri: string; readonly line: number }
  | { readonly type: "open"; readonly url: string }
  | { readonly type: "plan"; readonly ip: string }
  | { readonly type: "check"; readonly ip: string };

/** Reads what a page sent; undefined for anything that a page of ours does not say. */
export function readFromPage(value: unknown): FromPage | undefined {
  if (!isRecord(value)) return undefined;
  const { type, uri, line, url, ip } = value;
  if (type === "ready" || type === "reload" || type === "cancel") return { type };
  if (type === "jump" && isText(uri, 4_096) && isLine(line)) return { type, uri, line };
  if (type === "open" && isText(url, 2_048)) return { type, url };
  if ((type === "plan" || type === "check") && isText(ip, 60)) return { type, ip };
  return undefined;
}

/** Reads what the panel sent; undefined for anything else that reaches the page's window. */
export function readToPage(value: unknown): ToPage | undefined {
  if (!isRecord(value)) return undefined;
  if (value.type === "view" && hasState(value.view, viewStates)) return value as unknown as ToPage;
  if (value.type === "check" && hasState(value.check, checkStates)) return value as unknown as ToPage;
  return undefined;
}

const viewStates = new Set(["loading", "page", "missing", "gone"]);
const checkStates = new Set(["idle", "planning", "refused", "planned", "running", "done", "stopped", "failed"]);

function hasState(value: unknown, states: ReadonlySet<string>): boolean {
  return isRecord(value) && typeof value.state === "string" && states.has(value.state);
}

function isText(value: unknown, most: number): value is string {
  return typeof value === "string" && value !== "" && value.length <= most;
}

function isLine(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
