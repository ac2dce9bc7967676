// Reads Mailgun's events: those of its log and those of its webhooks (documentation.mailgun.com: "Events", "Webhooks").
import { isReplyCode, joinedAnswer, readFailure } from "../diagnostic.ts";
import type { Format, Parts, Status } from "../format.ts";
import { objectsOn, type Values } from "../json.ts";
import { hostNamed } from "../remote.ts";
import { isAddress } from "../source.ts";
import { timeOf } from "../when.ts";

/** Mailgun's events, one a line. */
export const mailgun: Format = {
  id: "mailgun",
  baits: [/event\\{0,3}": ?\\{0,3}"(?:failed|rejected)\\{0,3}"/g],
  read: readMailgun,
};

function readMailgun(line: string): Parts | undefined {
  if (!line.includes("delivery-status") && !line.includes("event-data") && !line.includes("log-level"))
    return undefined;
  const values = objectsOn(line)[0];
  const at = values?.has("event-data.event") ? "event-data." : "";
  return values?.has(`${at}event`) ? readEvent((path) => values.get(`${at}${path}`)) : undefined;
}

type Get = (path: string) => ReturnType<Values["get"]>;

function readEvent(get: Get): Parts {
  const event = get("event");
  const level = event === undefined ? undefined : levelOf(event.text, get("severity")?.text);
  const [ip, sending] = [get("delivery-status.ip"), get("envelope.sending-ip")];
  const relayIp = ip !== undefined && isAddress(ip.text) ? ip : undefined;
  const seen: Parts = {
    ...timeOf(get("timestamp")),
    recipient: get("recipient"),
    sender: get("envelope.sender"),
    queueId: get("id"),
    relayHost: hostNamed(get("delivery-status.mx-host")),
    relayIp,
    ...(sending !== undefined && isAddress(sending.text) && { sourceIp: sending }),
  };
  if (event === undefined || level === undefined) return seen;
  return { ...seen, status: { ...event, class: level }, ...(level !== 2 && settle(get, level)) };
}

function levelOf(event: string, severity: string | undefined): Status["class"] | undefined {
  if (event === "failed") return severity === "temporary" ? 4 : 5;
  return { rejected: 5, delivered: 2, accepted: 2 }[event] as Status["class"] | undefined;
}

// Numbers such as 605 (not delivering to a bounced address) and 498 are Mailgun's own.
function settle(get: Get, level: Status["class"]): Parts | undefined {
  const [code, message, description] = ["code", "message", "description"].map((path) => get(`delivery-status.${path}`));
  const text = [message, description].find((value) => value !== undefined && value.text.trim() !== "");
  const apart = isReplyCode(code) && !/^[2-5]\d\d[ -]/.test(text?.text ?? "");
  const enhanced = /^[45]\.\d{1,3}\.\d{1,3}\b/.test(text?.text ?? "")
    ? undefined
    : get("delivery-status.enhanced-code");
  const answer = apart ? joinedAnswer(code, enhanced, text) : text;
  return readFailure(answer, get("reason") ?? get("reject.reason"), { outcome: level === 4 ? "deferred" : "bounced" });
}
