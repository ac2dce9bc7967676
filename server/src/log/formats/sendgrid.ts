// Reads SendGrid's event webhook: an event a line, or all of one call as an array (docs.sendgrid.com: "Event Webhook reference").
import { readFailure } from "../diagnostic.ts";
import type { Format, Parts, Status } from "../format.ts";
import { objectsOn, type Values } from "../json.ts";
import { isAddress } from "../source.ts";
import { timeOf } from "../when.ts";

/** SendGrid's events. Of an array, the first that failed. */
export const sendgrid: Format = {
  id: "sendgrid",
  baits: [/event\\{0,3}": ?\\{0,3}"(?:bounce|blocked|deferred|dropped)\\{0,3}"/g],
  read: readSendgrid,
};

const levels: Readonly<Record<string, Status["class"]>> = {
  ...{ bounce: 5, blocked: 5, dropped: 5 },
  ...{ deferred: 4, delivered: 2, processed: 2 },
};

function readSendgrid(line: string): Parts | undefined {
  if (!line.includes("sg_event_id") && !line.includes("sg_message_id")) return undefined;
  const events = objectsOn(line).filter((values) => values.has("event") && values.has("email"));
  const failed = events.find((values) => (levels[values.get("event")?.text ?? ""] ?? 0) >= 4) ?? events[0];
  return failed && readEvent(failed);
}

function readEvent(values: Values): Parts {
  const event = values.get("event");
  const level = levels[event?.text ?? ""];
  const ip = values.get("ip");
  const seen: Parts = {
    ...timeOf(values.get("timestamp")),
    recipient: values.get("email"),
    queueId: values.get("sg_message_id"),
    ...(ip !== undefined && isAddress(ip.text) && { sourceIp: ip }),
  };
  if (event === undefined || level === undefined) return seen;
  return { ...seen, status: { ...event, class: level }, ...(level >= 4 && settle(values, level)) };
}

function settle(values: Values, level: Status["class"]): Parts | undefined {
  const answer = values.get("reason") ?? values.get("response");
  return readFailure(answer, values.get("status") ?? values.get("event"), {
    outcome: level === 4 ? "deferred" : "bounced",
  });
}
