// Reads Amazon SES's notifications and events, bare or within an SNS message (docs.aws.amazon.com/ses: "notification contents", "event publishing contents").
import { readFailure } from "../diagnostic.ts";
import type { Format, Parts, Status } from "../format.ts";
import { jsonWithin, objectsOn, type Values } from "../json.ts";
import { isAddress } from "../source.ts";
import { timeOf } from "../when.ts";

/** Amazon SES, a JSON object a line. */
export const ses: Format = {
  id: "ses",
  baits: [/(?:notification|event)Type\\{0,3}": ?\\{0,3}"(?:Bounce|DeliveryDelay|Reject)/g],
  read: readSes,
};

function readSes(line: string): Parts | undefined {
  if (!/(?:notification|event)Type\\{0,3}"/.test(line)) return undefined;
  const outer = objectsOn(line)[0];
  const message = outer?.get("Message");
  const values = message === undefined ? outer : jsonWithin(message);
  const type = values?.get("notificationType") ?? values?.get("eventType");
  if (values === undefined || type === undefined || !values.has("mail.messageId")) return undefined;
  const seen: Parts = { sender: values.get("mail.source"), queueId: values.get("mail.messageId") };
  const told = readBounce(values) ?? readDelay(values) ?? readReject(values) ?? readOther(values);
  const level = { Bounce: 5, DeliveryDelay: 4, Reject: 5, Delivery: 2, Send: 2 }[type.text];
  return { ...seen, ...(level && { status: { ...type, class: level as Status["class"] } }), ...told };
}

function readOther(values: Values): Parts {
  return { ...timeOf(values.get("mail.timestamp")), recipient: values.get("mail.destination.0") };
}

function readBounce(values: Values): Parts | undefined {
  const first = "bounce.bouncedRecipients.0";
  const type = values.get("bounce.bounceType");
  if (type === undefined) return undefined;
  const ip = values.get("bounce.remoteMtaIp");
  const relayIp = ip !== undefined && isAddress(ip.text) ? ip : undefined;
  return {
    ...timeOf(values.get("bounce.timestamp")),
    recipient: values.get(`${first}.emailAddress`) ?? values.get("mail.destination.0"),
    relayIp,
    ...told(values, first, { outcome: "bounced", relayIp }, ["bounce.bounceSubType", "bounce.bounceType"]),
  };
}

function readDelay(values: Values): Parts | undefined {
  const first = "deliveryDelay.delayedRecipients.0";
  if (!values.has("deliveryDelay.delayType")) return undefined;
  return {
    ...timeOf(values.get("deliveryDelay.timestamp")),
    recipient: values.get(`${first}.emailAddress`),
    ...told(values, first, { outcome: "deferred" }, ["deliveryDelay.delayType"]),
  };
}

// SES itself refused: a virus.
function readReject(values: Values): Parts | undefined {
  const reason = values.get("reject.reason");
  if (reason === undefined) return undefined;
  return { ...readOther(values), ...readFailure(undefined, reason, { outcome: "rejected" }) };
}

/** Without an answer the status is there, and without that SES's own word. */
function told(values: Values, recipient: string, ending: Parameters<typeof readFailure>[2], words: readonly string[]) {
  const status = values.get(`${recipient}.status`);
  const word = [status, ...words.map((path) => values.get(path))].find((value) => value !== undefined);
  return readFailure(values.get(`${recipient}.diagnosticCode`), word, ending);
}
