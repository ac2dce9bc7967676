// Reads Postmark's bounce webhooks and bounces of its API (postmarkapp.com/developer: "Bounce webhook", "Bounce API").
import { readFailure } from "../diagnostic.ts";
import type { Format, Parts, Status } from "../format.ts";
import { objectsOn, type Values } from "../json.ts";
import { timeOf } from "../when.ts";

/** Postmark's bounces, one a line. */
export const postmark: Format = {
  id: "postmark",
  baits: [/(?:RecordType|TypeCode)\\{0,3}": ?(?:\\{0,3}"Bounce|\d)/g],
  read: readPostmark,
};

/** What is no failure of the message: answers of people and of their programs. */
const answers =
  /^(?:AutoResponder|Unsubscribe|Subscribe|AddressChange|OpenRelayTest|VirusNotification|ChallengeVerification|ManuallyDeactivated|SpamComplaint)$/;
const temporary = /^(?:Transient|SoftBounce|DnsError)$/;

function readPostmark(line: string): Parts | undefined {
  if (!line.includes("MessageID")) return undefined;
  const values = objectsOn(line)[0];
  const [record, type] = [values?.get("RecordType"), values?.get("Type")];
  if (values === undefined || !(record !== undefined || values.has("TypeCode"))) return undefined;
  const seen: Parts = {
    ...timeOf(values.get("BouncedAt") ?? values.get("DeliveredAt")),
    recipient: values.get("Email") ?? values.get("Recipient"),
    sender: values.get("From"),
    queueId: values.get("MessageID"),
  };
  if (type === undefined || (record !== undefined && record.text !== "Bounce") || answers.test(type.text)) return seen;
  const level: Status["class"] = temporary.test(type.text) ? 4 : 5;
  return { ...seen, status: { ...type, class: level }, ...settle(values, level) };
}

function settle(values: Values, level: Status["class"]): Parts | undefined {
  const otherwise = values.get("Description") ?? values.get("Name");
  return readFailure(values.get("Details"), otherwise, { outcome: level === 4 ? "deferred" : "bounced" });
}
