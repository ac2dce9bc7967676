// Reads KumoMTA's log records, a JSON object a line (docs.kumomta.com/reference/log_record).
import { createWeaver, type Plain, type Value } from "../columns.ts";
import { isReplyCode, readFailure } from "../diagnostic.ts";
import type { Format, Parts, Status } from "../format.ts";
import { objectsOn, type Values } from "../json.ts";
import { hostNamed } from "../remote.ts";
import { isAddress } from "../source.ts";
import { stageOf } from "../stage.ts";
import { timeOf } from "../when.ts";

/** KumoMTA's own log, unpacked. */
export const kumomta: Format = {
  id: "kumomta",
  baits: [/type\\{0,3}": ?\\{0,3}"(?:Bounce|TransientFailure|Expiration|AdminBounce|OOB|Rejection)\\{0,3}"/g],
  read: readKumomta,
};

const classes: Readonly<Record<string, Status["class"]>> = {
  Delivery: 2,
  Bounce: 5,
  OOB: 5,
  Expiration: 5,
  AdminBounce: 5,
  Rejection: 5,
  TransientFailure: 4,
};

function readKumomta(line: string): Parts | undefined {
  if (!line.includes('"response"')) return undefined;
  const values = objectsOn(line)[0];
  const type = values?.get("type");
  if (values === undefined || type === undefined || !values.has("queue")) return undefined;
  const level = classes[type.text];
  const status = level && { ...type, class: level };
  return {
    ...envelopeOf(values),
    ...(status && { status }),
    ...(level !== undefined && settle(values, type.text, level)),
  };
}

function envelopeOf(values: Values): Parts {
  const source = values.get("source_address.address");
  return {
    ...timeOf(values.get("timestamp")),
    queueId: values.get("id"),
    sender: values.get("sender"),
    recipient: values.get("recipient") ?? values.get("recipient.0"),
    ...(source && { sourceIp: withoutPort(source) }),
  };
}

// "192.0.2.7:44444", "[2001:db8::7]:44444"
function withoutPort(value: Value): Value {
  const at = /^\[?([0-9A-Fa-f.:]{2,45}?)\]?(?::\d{1,5})?$/.exec(value.text)?.[1] ?? "";
  const start = value.text.indexOf(at);
  return isAddress(at) ? { ...value, text: at, ...value.spanOf({ start, end: start + at.length }) } : value;
}

function settle(values: Values, type: string, level: Status["class"]): Parts {
  const response = responseOf(values);
  const content = values.get("response.content");
  const [relayHost, relayIp] = [hostNamed(values.get("peer_address.name")), values.get("peer_address.addr")];
  if (level === 2) return { relayHost, relayIp };
  const stage = stageOf(values.get("response.command")?.text);
  const failed = { relayIp, stage, outcome: level === 4 ? "deferred" : "bounced" } as const;
  // It refused a client: the peer is that client.
  if (type === "Rejection") {
    const ours = { outcome: "rejected", direction: "we-refused-them", stage } as const;
    return { relayHost, sourceIp: relayIp, ...readFailure(response, content, ours) };
  }
  return { relayHost, relayIp, ...readFailure(response, content, failed) };
}

/** The answer, put together from its code, its enhanced code (an object of three numbers) and its text; undefined for what KumoMTA itself says. */
function responseOf(values: Values): Plain | undefined {
  const [code, content] = [values.get("response.code"), values.get("response.content")];
  if (!isReplyCode(code) || /^KumoMTA internal:/.test(content?.text ?? "")) return undefined;
  const weaver = createWeaver();
  weaver.value(code);
  const numbers = ["class", "subject", "detail"].map((name) => values.get(`response.enhanced_code.${name}`));
  const [first, , last] = numbers;
  if (first !== undefined && last !== undefined) {
    weaver.glue(" ");
    weaver.unit(numbers.map((number) => number?.text ?? "0").join("."), { start: first.start, end: last.end });
  }
  if (content !== undefined && content.text !== "") {
    weaver.glue(" ");
    weaver.value(content);
  }
  return weaver.finish();
}
