// Reads SparkPost's and Momentum's message events (developers.sparkpost.com: "Message events"; support.sparkpost.com: Momentum 4 "event log").
import { isReplyCode, joinedAnswer, readFailure } from "../diagnostic.ts";
import type { Format, Parts, Status } from "../format.ts";
import { objectsOn, type Values } from "../json.ts";
import { isAddress } from "../source.ts";
import { timeOf } from "../when.ts";

/** SparkPost's webhook events and Momentum's JSON logs. Of an array, the first that failed. */
export const sparkpost: Format = {
  id: "sparkpost",
  baits: [
    /type\\{0,3}": ?\\{0,3}"(?:bounce|delay|out_of_band|policy_rejection|generation_failure|generation_rejection)\\{0,3}"/g,
  ],
  read: readSparkpost,
};

const levels: Readonly<Record<string, Status["class"]>> = {
  ...{ bounce: 5, out_of_band: 5, policy_rejection: 5, generation_failure: 5, generation_rejection: 5 },
  ...{ delay: 4, delivery: 2, injection: 2 },
};

type Get = (path: string) => ReturnType<Values["get"]>;

// An event is bare, or within "msys" and the name of its class.
const within = ["", "msys.message_event.", "msys.gen_event.", "message_event."];

function readSparkpost(line: string): Parts | undefined {
  if (!/"(?:raw_reason|rcpt_to|msg_from|raw_rcpt_to)\\{0,3}"/.test(line)) return undefined;
  const events = objectsOn(line).flatMap((values) => eventOf(values) ?? []);
  const failed = events.find((get) => (levels[get("type")?.text ?? ""] ?? 0) >= 4) ?? events[0];
  return failed && readEvent(failed);
}

function eventOf(values: Values): Get | undefined {
  const at = within.find((path) => values.has(`${path}type`) && values.has(`${path}event_id`));
  return at === undefined ? undefined : (path) => values.get(`${at}${path}`);
}

function readEvent(get: Get): Parts {
  const [type, ip, source] = [get("type"), get("ip_address"), get("sending_ip")];
  const level = levels[type?.text ?? ""];
  const relayIp = ip !== undefined && isAddress(ip.text) ? ip : undefined;
  const seen: Parts = {
    ...timeOf(get("timestamp")),
    recipient: get("raw_rcpt_to") ?? get("rcpt_to"),
    sender: get("msg_from"),
    queueId: get("message_id"),
    relayIp,
    ...(source !== undefined && isAddress(source.text) && { sourceIp: source }),
  };
  if (type === undefined || level === undefined) return seen;
  return { ...seen, status: { ...type, class: level }, ...(level !== 2 && settle(get, level, relayIp)) };
}

// `raw_reason` is the answer as it came, `reason` the same without what is particular to one message.
function settle(get: Get, level: Status["class"], relayIp: Parts["relayIp"]): Parts | undefined {
  const [code, reason] = [get("error_code"), get("raw_reason") ?? get("reason")];
  const apart = isReplyCode(code) && !/^\s{0,4}[2-5]\d\d[ -]/.test(reason?.text ?? "");
  const answer = apart ? joinedAnswer(code, reason) : reason;
  return readFailure(answer, get("type"), { outcome: level === 4 ? "deferred" : "bounced", relayIp });
}
