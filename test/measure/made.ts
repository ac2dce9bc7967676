// Bursts of mail whose truth is known: sessions are made first, the lines that servers would write of them after.

/** One session of a made burst, times in milliseconds. */
export interface MadeSession {
  /** When its message came in and was handed on. */
  readonly arrival: number;
  readonly start: number;
  readonly end: number;
  readonly process: number;
  readonly message: string;
  readonly recipients: readonly string[];
  readonly accepted: boolean;
}

/** How a burst goes. */
export interface BurstPlan {
  readonly seed: number;
  readonly messages: number;
  /** The server opens at most so many sessions at once. */
  readonly processes: number;
  /** An accepted session lasts so long. */
  readonly hold: readonly [number, number];
  /** The receiver turns away who comes while so many are open. */
  readonly limit?: number;
  /** Messages come in over so long a time; 0.2 s unless told. */
  readonly within?: number;
  readonly begin?: number;
}

/** Numbers from 0 to 1 that are the same on every run. */
export function dice(seed: number): () => number {
  let state = seed * 2_654_435_761 + 12_345;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export const dawn = Date.UTC(2026, 10, 23, 10, 2, 6, 400);

/** Processes take messages in order; each opens a session as soon as it is free. */
export function burst({
  seed,
  messages,
  processes,
  hold,
  limit = 1e9,
  within = 200,
  begin = dawn,
}: BurstPlan): MadeSession[] {
  const roll = dice(seed);
  const free = new Array<number>(processes).fill(0);
  const made: MadeSession[] = [];
  const arrivals = Array.from({ length: messages }, () => begin + roll() * within).sort((a, b) => a - b);
  arrivals.forEach((arrival, index) => {
    const process = free.indexOf(Math.min(...free));
    const start = Math.max(arrival, free[process] ?? 0) + 1 + roll() * 4;
    const accepted = openAt(made, start) < limit;
    const end = start + (accepted ? hold[0] + roll() * (hold[1] - hold[0]) : 3 + roll() * 5);
    free[process] = end;
    const message = `4Vt${String(index).padStart(4, "0")}z${seed % 10}xyz`;
    made.push({ arrival, start, end, process: 900 + process, message, recipients: [`user${index}@cox.net`], accepted });
  });
  return made;
}

/** How many of these sessions are open at a moment. */
export function openAt(sessions: readonly MadeSession[], at: number): number {
  return sessions.filter(({ start, end }) => start <= at && at < end).length;
}

/** The most that were open at once, those that were turned away included. */
export function truePeak(sessions: readonly MadeSession[]): number {
  return Math.max(...sessions.map(({ start }) => openAt(sessions, start)));
}

export type StampOf = (at: number) => string;

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The clocks of logs. */
export const clocks = {
  /** Syslog's traditional stamp, whole seconds without a year. */
  traditional: (at) => {
    const [, month = "", day = "", time = ""] = /-(\d\d)-(\d\d)T([\d:]{8})/.exec(new Date(at).toISOString()) ?? [];
    return `${months[Number(month) - 1]} ${String(Number(day)).padStart(2)} ${time}`;
  },
  /** rsyslog's own, microseconds with a zone. */
  rfc3339: (at) => {
    const iso = new Date(Math.floor(at)).toISOString().replace("Z", "");
    const micros = String(Math.floor((at % 1) * 1000)).padStart(3, "0");
    return `${iso}${micros}+00:00`;
  },
  /** Exim's own, whole seconds or milliseconds. */
  exim: (at) => new Date(at).toISOString().slice(0, 19).replace("T", " "),
  eximMs: (at) => `${new Date(at).toISOString().slice(0, 23).replace("T", " ")} +0000`,
} satisfies Record<string, StampOf>;

interface Line {
  readonly at: number;
  readonly text: string;
}

/** Lines in the order in which they are written. */
export function logOf(lines: readonly Line[]): string {
  return [...lines]
    .sort((a, b) => a.at - b.at)
    .map(({ text }) => `${text}\n`)
    .join("");
}

const relay = "cxr.mx.a.cloudfilter.net";
const refusal = "421 cmsmtp 192.0.2.25 blocked. AUP#CXCNCT";

/** Seconds as Postfix writes them (format_tv): two significant digits, two places at most. */
export function delay(ms: number): string {
  const seconds = ms / 1000;
  const places = seconds >= 10 ? 0 : seconds >= 1 ? 1 : 2;
  return String(Number(seconds.toFixed(places)));
}

/** What Postfix writes of sessions: the queue manager's line, and one for each recipient. */
export function postfixLines(sessions: readonly MadeSession[], stamp: StampOf): Line[] {
  return sessions.flatMap(({ arrival, start, end, process, message, recipients, accepted }, index) => {
    const setup = Math.min(4, (end - start) / 2);
    const delays = `${delay(2)}/${delay(start - arrival)}/${delay(setup)}/${delay(end - start - setup)}`;
    const ip = `198.51.100.${1 + (index % 200)}`;
    const head = `${stamp(end)} mx1 postfix/smtp[${process}]: ${message}: `;
    const tail = `relay=${relay}[${ip}]:25, delay=${delay(end - arrival)}, delays=${delays}, dsn=${accepted ? "2.0.0" : "4.0.0"}`;
    const said = accepted
      ? "status=sent (250 2.0.0 Ok: queued as 4Zb)"
      : `status=deferred (host ${relay}[${ip}] refused to talk to me: ${refusal})`;
    return [
      {
        at: arrival,
        text: `${stamp(arrival)} mx1 postfix/qmgr[80]: ${message}: from=<news@example.org>, size=451, nrcpt=1 (queue active)`,
      },
      ...recipients.map((to) => ({ at: end, text: `${head}to=<${to}>, ${tail}, ${said}` })),
    ];
  });
}

/** What Exim writes of sessions: the arrival, and one line for each recipient; DT= when asked for. */
export function eximLines(sessions: readonly MadeSession[], stamp: StampOf, dt: "ms" | "s" | "none"): Line[] {
  return sessions.flatMap(({ arrival, start, end, recipients, accepted }, index) => {
    const id = `1xVYbA-0001${String(index).padStart(2, "0")}-19`;
    const took =
      dt === "none"
        ? ""
        : dt === "ms"
          ? ` DT=${(Math.floor(end - start) / 1000).toFixed(3)}s`
          : ` DT=${Math.floor((end - start) / 1000)}s`;
    const host = `H=${relay} [198.51.100.${1 + (index % 200)}]`;
    return [
      {
        at: arrival,
        text: `${stamp(arrival)} ${id} <= news@example.org H=(app.example.org) [127.0.0.1] P=esmtp S=471`,
      },
      ...recipients.map((to, place) => ({
        at: end,
        text: accepted
          ? `${stamp(end)} ${id} ${place === 0 ? "=>" : "->"} ${to} R=dnslookup T=remote_smtp ${host} C="250 Ok"${took}`
          : `${stamp(end)} ${id} == ${to} R=dnslookup T=remote_smtp defer (0) ${host}${took}: SMTP error from remote mail server after initial connection: ${refusal}`,
      })),
    ];
  });
}

/** What Sendmail writes of sessions: "from=", and "to=" by a process of each message's own. */
export function sendmailLines(sessions: readonly MadeSession[], stamp: StampOf): Line[] {
  return sessions.flatMap(({ arrival, start, end, recipients, accepted }, index) => {
    const id = `6ANIP1${String(index).padStart(2, "0")}002926`;
    const took = Math.floor(end / 1000) - Math.floor(start / 1000);
    const xdelay = `00:${String(Math.floor(took / 60)).padStart(2, "0")}:${String(took % 60).padStart(2, "0")}`;
    const to = recipients.map((one) => `<${one}>`).join(",");
    const stat = accepted ? "dsn=2.0.0, stat=Sent (Ok)" : `dsn=4.5.0, reply=${refusal}, stat=Deferred: ${refusal}`;
    return [
      {
        at: arrival,
        text: `${stamp(arrival)} mx1 sendmail[${3000 + index}]: ${id}: from=<news@example.org>, size=267, class=0, nrcpts=1, proto=ESMTP, relay=localhost [127.0.0.1]`,
      },
      {
        at: end,
        text: `${stamp(end)} mx1 sendmail[${5000 + index}]: ${id}: to=${to}, delay=${xdelay}, xdelay=${xdelay}, mailer=esmtp, pri=30274, relay=${relay}. [198.51.100.${1 + (index % 200)}], ${stat}`,
      },
    ];
  });
}
