// Lines that carry another program's line as JSON: the journal's and Docker's. The carried line is put together as syslog would write it.
import { createWeaver, type Plain, type Value, type Weaver } from "./columns.ts";
import { readJson, type Values } from "./json.ts";
import { readPrefix, readTime } from "./syslog.ts";

/**
 * The line that a line carries; undefined when it is an ordinary one.
 * Fields of `journalctl -o json` are in systemd.journal-fields(7), those of Docker's json-file driver log, stream and time.
 */
export function carried(line: string): Plain | undefined {
  if (line.charCodeAt(0) !== 123 && !/^\s{1,8}\{/.test(line)) return undefined;
  if (!line.includes('"MESSAGE"') && !line.includes('"log"')) return undefined;
  const values = readJson(line, line.indexOf("{"))?.values;
  return values && (fromJournal(values) ?? fromDocker(values));
}

/** The text of a line, or of the line that it carries. */
export function carriedText(line: string): string {
  return carried(line)?.text ?? line;
}

function fromJournal(values: Values): Plain | undefined {
  const message = values.get("MESSAGE");
  if (message === undefined || !(values.has("__REALTIME_TIMESTAMP") || values.has("SYSLOG_IDENTIFIER")))
    return undefined;
  const weaver = createWeaver();
  const time = values.get("__REALTIME_TIMESTAMP") ?? values.get("_SOURCE_REALTIME_TIMESTAMP");
  // Docker's journald driver: the message is what the container's own syslog wrote.
  if (values.has("CONTAINER_ID")) return container(weaver, message, (): void => addMicroseconds(weaver, time));
  addMicroseconds(weaver, time);
  addWord(weaver, values.get("_HOSTNAME"), "localhost");
  const program = values.get("SYSLOG_IDENTIFIER") ?? values.get("_COMM");
  const pid = values.get("SYSLOG_PID") ?? values.get("_PID");
  if (program !== undefined) {
    weaver.value(program);
    if (pid !== undefined) {
      weaver.glue("[");
      weaver.value(pid);
      weaver.glue("]");
    }
    weaver.glue(": ");
  }
  return withMessage(weaver, message);
}

function addWord(weaver: Weaver, value: Value | undefined, otherwise: string): void {
  if (value === undefined) weaver.glue(otherwise);
  else weaver.value(value);
  weaver.glue(" ");
}

// Microseconds since 1970.
function addMicroseconds(weaver: Weaver, time: Value | undefined): void {
  if (time === undefined || !/^\d{15,16}$/.test(time.text)) return;
  const whole = new Date(Number(time.text.slice(0, -3))).toISOString().slice(0, -1);
  weaver.unit(`${whole}${time.text.slice(-3)}Z`, time);
  weaver.glue(" ");
}

function fromDocker(values: Values): Plain | undefined {
  const log = values.get("log");
  if (log === undefined || !(values.has("stream") || values.has("time"))) return undefined;
  const weaver = createWeaver();
  return container(weaver, log, () => {
    const time = values.get("time");
    if (time !== undefined && /^\d{4}-\d\d-\d\dT\S{8,24}$/.test(time.text)) addWord(weaver, time, "");
  });
}

// A program that logs to its standard output may leave the time to Docker.
function container(weaver: Weaver, message: Value, addTime: () => void): Plain {
  const { text } = message;
  const hasTime = (readTime(text, 0) ?? readPrefix(text)?.time) !== undefined;
  if (!hasTime && !text.startsWith("{")) addTime();
  return withMessage(weaver, message);
}

function withMessage(weaver: Weaver, message: Value): Plain {
  const text = message.text.trimEnd();
  weaver.value({ ...message, text });
  return weaver.finish();
}
