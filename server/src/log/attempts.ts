// Reads every attempt to deliver out of a log, those that succeeded too: the raw material of measuring. Run only when asked for.
import type { Attempt } from "../measurement.ts";
import type { Clock, FormatId } from "../model.ts";
import { lastLines } from "./above.ts";
import { advance, startClock } from "./clock.ts";
import { carriedText } from "./container.ts";
import { firstYear } from "./firstYear.ts";
import type { Format, Parts, Timing, Trial } from "./format.ts";
import { formats } from "./formats/index.ts";
import { createHosts, type Hosts, nowhere } from "./hosts.ts";
import { instantOf } from "./instant.ts";
import { createKeep, type Keep } from "./keep.ts";
import { createMessages, type Message, type Messages } from "./messages.ts";
import { createMoments, type Moments, type Written } from "./moments.ts";
import { createRunners, type Runners, type Turn } from "./runners.ts";
import { longestLine, neighbours, scan } from "./scan.ts";
import { sniff } from "./sniff.ts";
import { isAddress } from "./source.ts";
import { boundsOf, type Context, isCoarse, likelyDelay } from "./timing/bounds.ts";

/** How to read attempts. Without `fileDate` a log whose stamps have no year is taken to begin in 2000, a leap year. */
export interface AttemptOptions {
  /** Undefined: the first text decides. */
  readonly format: FormatId | undefined;
  readonly fileDate: Date | undefined;
  /** The first and last lines of a text that comes in pieces: they give its first year. */
  readonly ends?: string | undefined;
  /** Where to stop; 500,000 unless told, which fills half a gigabyte. */
  readonly most?: number | undefined;
}

/** The attempts of a log, sorted by line; `cut` when there were more than could be read. */
export interface Attempts {
  readonly attempts: readonly Attempt[];
  readonly cut: boolean;
}

/** Reads attempts piece by piece. */
export interface AttemptReader {
  /** Reads the next chunk, which must end behind a line break, or be the last. */
  push(chunk: string): void;
  /** All attempts; call once, behind the last chunk. */
  finish(): Attempts;
}

const mostAttempts = 500_000;

/** All attempts of a text; none when its format shows no deliveries. Linear in the text's length, never throws. */
export function readAttempts(text: string, options: AttemptOptions): Attempts {
  const reader = createAttemptReader(options);
  reader.push(text);
  return reader.finish();
}

/** A reader for a text that does not fit into one string. Its attempts keep nothing of the chunks in memory. */
export function createAttemptReader(options: AttemptOptions): AttemptReader {
  const keep = createKeep();
  const state: State = {
    format: undefined,
    before: "",
    clock: undefined,
    lines: 0,
    attempts: [],
    moments: createMoments(),
    cut: false,
    keep,
    messages: createMessages(),
    runners: createRunners(),
    hosts: createHosts(keep),
  };
  return {
    push: (chunk) => readChunk(chunk, state, options),
    finish: () => ({ attempts: finished(state), cut: state.cut }),
  };
}

/** An attempt before all lines of its second are known. */
interface Draft {
  readonly attempt: Attempt;
  readonly since: Written | undefined;
  readonly delay: number | undefined;
}

interface State {
  format: (Format & { readonly timing: Timing }) | undefined;
  clock: Clock | undefined;
  lines: number;
  /** A line about a host gives way to the message's own line, so there are gaps. */
  readonly attempts: (Draft | undefined)[];
  readonly moments: Moments;
  cut: boolean;
  readonly keep: Keep;
  readonly messages: Messages;
  readonly runners: Runners;
  readonly hosts: Hosts;
  /** The last lines of the chunk before. */
  before: string;
}

function readChunk(chunk: string, state: State, options: AttemptOptions): void {
  if (state.cut) return;
  state.format ??= timedFormat(options.format ?? sniff(chunk));
  state.clock ??= startClock(firstYear(options.ends || chunk, options.fileDate) ?? 2000);
  const all = state.before + chunk;
  const stretch = { start: state.before.length, end: all.length, line: state.lines };
  const { candidates, lines } = scan(all, stretch, state.format?.timing.baits ?? []);
  state.lines += lines;
  state.before = lastLines(all);
  for (const line of candidates) {
    if (state.cut || state.format === undefined) return;
    const text = carriedText(all.slice(line.start, Math.min(line.end, line.start + longestLine)));
    const parts = state.format.read(text, neighbours(all, line), undefined);
    if (parts !== undefined) take(text, { parts, line: line.number, state, most: options.most ?? mostAttempts });
  }
}

function timedFormat(id: FormatId | undefined): State["format"] {
  const format = formats.find((format) => format.id === id);
  return format?.timing && { ...format, timing: format.timing };
}

interface Seen {
  readonly parts: Parts;
  readonly line: number;
  readonly state: State;
  readonly most: number;
}

function take(text: string, seen: Seen): void {
  const { parts, state, most } = seen;
  const told = state.format?.timing.read(text, parts);
  if (told === undefined || parts.stamp === undefined) return;
  state.clock = advance(state.clock ?? startClock(2000), parts.stamp);
  const instant = instantOf(parts.stamp, state.clock);
  if (instant === undefined) return;
  const now = { ...instant, line: seen.line };
  state.moments.saw(now);
  if (told.kind === "run") {
    if (told.begins) state.runners.begin(told.id, now);
    else state.runners.end(told.id);
    return;
  }
  const own = (told.kind === "announced" ? told.session : undefined) ?? parts.queueId?.text ?? told.session;
  if (own === undefined) return;
  const id = state.keep(own);
  if (told.kind === "announced") {
    const sender = parts.sender && state.keep(parts.sender.text);
    state.messages.announce(id, { sender, now, relay: state.hosts.relayOf(parts) });
  } else if (state.attempts.length + Math.max(1, told.recipients.length) > most) state.cut = true;
  else addTo(told, { ...seen, now, id });
}

function addTo(trial: Trial, seen: Seen & { readonly now: Written; readonly id: string }): void {
  const { keep, messages } = seen.state;
  const id = trial.message === undefined ? seen.id : keep(trial.message);
  const message = messages.of(id);
  const announced = trial.session === undefined ? message : messages.of(keep(trial.session));
  add(trial, { ...seen, id, message, announced });
}

interface Tried extends Seen {
  readonly now: Written;
  readonly id: string;
  readonly message: Message;
  /** What announced the session: the message itself, or a line about the session. */
  readonly announced: Message;
}

/** No server takes more recipients of one message at a time (Postfix: 50), and few would be tried again. */
const mostTried = 1000;

function remember(message: Message, recipient: string): void {
  message.tried ??= new Set();
  if (message.tried.size < mostTried) message.tried.add(recipient);
}

function add(trial: Trial, tried: Tried): void {
  const { state, message, parts } = tried;
  const relayIp = parts.relayIp !== undefined && isAddress(parts.relayIp.text) ? parts.relayIp.text : undefined;
  const child = message.repeated === undefined ? undefined : state.attempts[message.repeated]?.attempt;
  const repeats = child !== undefined && !trial.repeated && child.relay.ip === relayIp;
  if (repeats && message.repeated !== undefined) state.attempts[message.repeated] = undefined;
  // A line that tells no length, or whole seconds, is one of a queue run's, if one has begun since the message came in.
  const turn = isCoarse(trial) ? state.runners.take(tried.id, message.since, tried.now) : undefined;
  const process = trial.process ?? (repeats ? child.process : turn?.process);
  const recipients = trial.recipients.map((recipient) => state.keep(recipient));
  for (const recipient of recipients.length === 0 ? [undefined] : recipients) {
    state.attempts.push(draftOf({ ...trial, process }, { ...tried, recipient, turn }));
    if (recipient !== undefined && trial.outcome !== "accepted") remember(message, recipient);
  }
  message.repeated = trial.repeated ? state.attempts.length - 1 : undefined;
}

interface Told extends Tried {
  readonly recipient: string | undefined;
  readonly turn: Turn | undefined;
}

function draftOf(trial: Trial, told: Told): Draft {
  const { message, announced, recipient, now, state, turn } = told;
  const since = turn?.free ?? announced.since;
  const wasTried = message.tried !== undefined && (recipient === undefined || message.tried.has(recipient));
  const context = {
    ...{ now, since, began: turn?.began },
    atOnce: state.format?.timing.atOnce === true,
    isFirst: turn !== undefined || announced !== message || !wasTried,
  };
  const delay = likelyDelay(trial, context);
  return { attempt: attemptOf(trial, told, context), since: delay === undefined ? undefined : since, delay };
}

function attemptOf(trial: Trial, told: Told, context: Context): Attempt {
  const { state, parts, now, id, line, message, recipient } = told;
  const kept = (text: string | undefined) => (text === undefined ? undefined : state.keep(text));
  return {
    ...{ line, format: state.format?.id ?? "plain", at: now.at, grain: now.grain },
    ...boundsOf(trial, context),
    ...{ moment: now.at, likelyOpen: undefined },
    process: kept(trial.process),
    queueId: id,
    recipient,
    sender: message.sender ?? kept(parts.sender?.text),
    relay: state.hosts.relayOf(parts) ?? told.announced.relay ?? nowhere,
    sourceIp: state.hosts.sourceOf(trial.localIp, parts.sourceIp?.text),
    outcome: trial.outcome,
    stage: trial.stage,
    connected: trial.connected,
    reused: trial.reused,
    use: trial.use,
  };
}

function finished({ attempts, hosts, moments }: State): readonly Attempt[] {
  return attempts.flatMap((draft) => {
    if (draft === undefined) return [];
    const { attempt, since, delay = 0 } = draft;
    const sourceIp = attempt.sourceIp === undefined ? undefined : hosts.outerOf(attempt.sourceIp);
    const likelyOpen = since === undefined ? undefined : moments.of(since) + delay;
    return { ...attempt, sourceIp, moment: moments.of(attempt), likelyOpen };
  });
}
