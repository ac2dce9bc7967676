// The fields of a delivery status report (RFC 3464 2, RFC 6533 4): who, what became of it, what the other side said.
import { fieldNamed, fieldValue, type MailField, readFields } from "./header.ts";
import type { MailLine } from "./lines.ts";

/** What a report says of one recipient. */
export interface StatusGroup {
  readonly recipient: string | undefined;
  readonly action: "failed" | "delayed" | "done";
  /** The report's own enhanced code: it may be made up by the server that reports. */
  readonly status: string | undefined;
  readonly diagnostic: MailField | undefined;
  /** The whole Status field: some servers say in it why. */
  readonly comment: MailField | undefined;
  readonly remote: string | undefined;
  readonly lastAttempt: string | undefined;
  /** Where the group's first field stands, or its recipient. */
  readonly line: MailLine;
}

/** A report: what holds for all recipients, and each of them. */
export interface StatusReport {
  readonly fields: readonly MailField[];
  readonly groups: readonly StatusGroup[];
}

/** More recipients of one message are not told apart. */
const mostGroups = 5000;

/** Reads the lines of a delivery status part. */
export function readStatus(lines: readonly MailLine[]): StatusReport {
  const blocks = blocksOf(lines);
  const groups = blocks.filter((fields) => fields.some(({ name }) => ofRecipient.has(name)));
  const whole = blocks.filter((fields) => !groups.includes(fields)).flat();
  return { fields: whole, groups: groups.flatMap(groupOf) };
}

const ofRecipient: ReadonlySet<string> = new Set([
  "final-recipient",
  "original-recipient",
  "action",
  "status",
  "diagnostic-code",
]);
const once: ReadonlySet<string> = new Set(["final-recipient", "action", "status"]);

// A blank line ends a group. Some programs leave it out, and some put one between the fields of a group.
function blocksOf(lines: readonly MailLine[]): MailField[][] {
  const blocks: MailField[][] = [];
  let current: MailField[] = [];
  for (let at = 0; at < lines.length && blocks.length < mostGroups; ) {
    const { fields, end } = readFields(lines, at);
    for (const field of fields) {
      if (once.has(field.name) && current.some(({ name }) => name === field.name)) {
        blocks.push(current);
        current = [];
      }
      current.push(field);
    }
    at = end + 1;
    // What is neither blank nor a field is a field that was broken.
    if (lines[end]?.text.trim() === "" && !isOpen(current)) {
      blocks.push(current);
      current = [];
    }
  }
  return [...blocks, current].filter((block) => block.length > 0);
}

// A group that names its recipient and nothing of its fate goes on behind the blank line.
function isOpen(fields: readonly MailField[]): boolean {
  const has = (name: string): boolean => fields.some((field) => field.name === name);
  return (
    (has("final-recipient") || has("original-recipient")) && !has("action") && !has("status") && !has("diagnostic-code")
  );
}

function groupOf(fields: readonly MailField[]): StatusGroup[] {
  const line = (fieldNamed(fields, "final-recipient") ?? fields[0])?.lines[0];
  if (line === undefined) return [];
  const status = /[245]\.\d{1,3}\.\d{1,3}/.exec(fieldValue(fields, "status") ?? "")?.[0];
  return [
    {
      recipient: recipientOf(fields),
      action: actionOf(fieldValue(fields, "action"), status),
      status,
      diagnostic: fieldNamed(fields, "diagnostic-code"),
      comment: fieldNamed(fields, "status"),
      remote: fieldValue(fields, "remote-mta"),
      lastAttempt: fieldValue(fields, "last-attempt-date"),
      line,
    },
  ];
}

function actionOf(action: string | undefined, status: string | undefined): StatusGroup["action"] {
  if (/^\s*(?:delivered|relayed|expanded|delivery-success|success)/i.test(action ?? "")) return "done";
  if (/^\s*(?:delayed|deferred|transient)/i.test(action ?? "")) return "delayed";
  if (action !== undefined && /^\s*\w/.test(action)) return "failed";
  if (status?.startsWith("2")) return "done";
  return status?.startsWith("4") ? "delayed" : "failed";
}

// What the sender wrote is in Original-Recipient; where it failed is in Final-Recipient, which a privacy-minded server may hide.
function recipientOf(fields: readonly MailField[]): string | undefined {
  const values = ["final-recipient", "x-actual-recipient", "original-recipient"].map((name) =>
    fieldValue(fields, name),
  );
  return values.map(bareAddress).find((address) => address !== undefined);
}

/** The address in "rfc822; user@example.net", whatever stands around it. */
export function bareAddress(value: string | undefined): string | undefined {
  const text = (value ?? "").replace(/^\s{0,8}[\w-]{1,20}\s{0,4};/, "");
  const quoted = /<([^<>\s]{1,320})>/.exec(text)?.[1] ?? text.trim().replace(/^[<"']|[>"']$/g, "");
  return /^\S{1,320}$/.test(quoted) && /[@\w]/.test(quoted) ? quoted.replace(/^<|>$/g, "") : undefined;
}
