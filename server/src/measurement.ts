// The vocabulary of measuring: what a log shows of sessions, rates and refusals, what sources claim of limits, and what to change. Types only.
// Times are milliseconds since 1970 (in the log's own clock when it names no zone); lines count from 0. All of it survives JSON.stringify.
import type { Claim, FormatId, Grade, LimitKind, Relay, Source, Stage } from "./model.ts";

export type { LimitKind } from "./model.ts";

/** One attempt to deliver to a relay, whatever became of it, as one line of a log tells it. */
export interface Attempt {
  readonly line: number;
  readonly format: FormatId;
  /** The line was written at or after `at`, and before `at` + `grain`. */
  readonly at: number;
  /** How coarse the log's clock is: 1,000 for traditional syslog, 1 for a log with milliseconds. */
  readonly grain: number;
  /** How long the session had been open, at least, when the line was written; undefined when the line does not tell. */
  readonly open: number | undefined;
  /** By how much `open` may be too small: the rounding of the log's own figures. */
  readonly openGrain: number;
  /** How much of `open` may have gone by before the connection stood: name look-ups, hosts that did not answer. */
  readonly setup: number;
  /** The session was opened at or after this time, and before that one, as other lines tell; undefined when none does. */
  readonly notBefore: number | undefined;
  readonly notAfter: number | undefined;
  /** When the line was likely written, and its session opened, by the place of lines among those of the same second. */
  readonly moment: number;
  readonly likelyOpen: number | undefined;
  /** The process that held the session, by host, name and number; it holds one session at a time. */
  readonly process: string | undefined;
  readonly queueId: string | undefined;
  readonly recipient: string | undefined;
  /** The envelope sender, followed by the queue id; undefined when no line names it. */
  readonly sender: string | undefined;
  readonly relay: Relay;
  readonly sourceIp: string | undefined;
  readonly outcome: "accepted" | "deferred" | "refused";
  /** The command that was refused, as far as the line tells. */
  readonly stage: Stage | undefined;
  /** False when no connection came about, so that there was no session. */
  readonly connected: boolean;
  /** The session was open before this message: kept by the server for several. */
  readonly reused: boolean;
  /** Which message over its connection it was, from 1; undefined when the log does not count. */
  readonly use: number | undefined;
}

/** The most sessions that were open at the same moment. */
export interface Peak {
  /** The best estimate, between `least` and `most`. */
  readonly sessions: number;
  /** What the log proves, and what its rounding leaves possible. */
  readonly least: number;
  readonly most: number;
  /** When the peak was reached, and a line that was written in it. */
  readonly at: number;
  readonly line: number;
}

/** A highest count of something in a span of time; `at` is where the span begins. */
export interface Rate {
  readonly count: number;
  readonly at: number;
  readonly line: number;
}

/** A time in which the provider refused or deferred and accepted nothing. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly refusals: number;
  readonly line: number;
}

/** How attempts to one domain ended. */
export interface DomainShare {
  readonly domain: string;
  readonly attempts: number;
  readonly refused: number;
}

/** Counts over time in equal steps, for a plot: `sessions[i]` is the most sessions open at a moment of step i. */
export interface Series {
  readonly start: number;
  readonly step: number;
  readonly sessions: readonly number[];
  readonly accepted: readonly number[];
  /** Deferred and refused. */
  readonly refused: readonly number[];
  /** The first line of each step; undefined for a step without one. */
  readonly lines: readonly (number | undefined)[];
}

/** Where a refusal of one entry stands among the sessions: how many were open when it came, itself included. */
export interface Refused {
  readonly line: number;
  readonly at: number;
  readonly sessions: number;
  readonly least: number;
  readonly most: number;
}

/** The refusals of one entry page. */
export interface PageRefusals {
  readonly count: number;
  /** Messages that were accepted before the first of them. */
  readonly acceptedBefore: number;
  /** The first 1,000. */
  readonly at: readonly Refused[];
}

/** What a log shows of one provider and one sending address. */
export interface Measurement {
  /** Catalogue id of the provider; undefined for a relay that the catalogue does not know, told by `host`. */
  readonly provider: string | undefined;
  /** The relay's name, the most frequent of several. */
  readonly host: string | undefined;
  readonly sourceIp: string | undefined;
  readonly format: FormatId;
  readonly attempts: number;
  readonly accepted: number;
  /** Put off for now (4xx, or no answer), and refused for good. */
  readonly deferred: number;
  readonly refused: number;
  readonly first: number;
  readonly last: number;
  readonly peak: Peak;
  readonly sessions: {
    /** How many were opened, as far as lines tell. */
    readonly count: number;
    /** The most messages over one session, and on average. */
    readonly mostMessages: number;
    readonly meanMessages: number;
  };
  readonly messages: { readonly perMinute: Rate; readonly perHour: Rate };
  readonly recipients: { readonly perMinute: Rate; readonly perHour: Rate };
  /** Messages accepted before the first refusal. */
  readonly acceptedBefore: number;
  /** In order of time, the longest 50. */
  readonly stretches: readonly Stretch[];
  /** Gaps between attempts of one message to one recipient, in ms; undefined without a second attempt. */
  readonly retries: { readonly count: number; readonly median: number; readonly shortest: number } | undefined;
  /** The most frequent 20. */
  readonly recipientDomains: readonly DomainShare[];
  readonly senderDomains: readonly DomainShare[];
  readonly series: Series;
  /** By entry page id ("cox/CXCNCT"). */
  readonly refusals: Readonly<Record<string, PageRefusals>>;
  /** How sessions were counted and how far that can be wrong, one or two sentences. */
  readonly method: string;
}

/** A limit of a receiving provider, by one source. */
export interface Limit {
  readonly what: LimitKind;
  readonly value: number;
  /** What is counted together: one sending address, one sending domain, or all mail to one mailbox, whoever sends it. */
  readonly per: "ip" | "domain" | "account";
  readonly grade: Grade;
  readonly source: Source;
  /** False for figures that the same provider has replaced since. */
  readonly current: boolean;
}

/** What this log says about a claim. */
export interface Judgement {
  readonly verdict: "supported" | "contradicted" | "cannot-tell";
  /** With the number: "peak 14 sessions at 10:02:07, Cox publishes 10". One or two sentences. */
  readonly words: string;
  /** The line to look at first. */
  readonly line: number | undefined;
}

/** A claim, and what the log says about it; undefined when no log can judge it. */
export interface JudgedClaim extends Claim {
  readonly judgement: Judgement | undefined;
}

/** The servers whose settings are written. */
export type ServerId = "postfix" | "exim" | "sendmail" | "opensmtpd" | "powermta" | "kumomta";

/** How to send to one provider from now on; undefined where nothing has to change. */
export interface Throttle {
  /** Catalogue id, fit for names in a configuration. */
  readonly provider: string;
  readonly providerName: string;
  /** Recipient domains that go there, and the relays' names, the most frequent first. */
  readonly domains: readonly string[];
  readonly hosts: readonly string[];
  /** At most so many sessions at the same time. */
  readonly connections: number;
  readonly messagesPerConnection: number | undefined;
  readonly recipientsPerMessage: number | undefined;
  /** Seconds to wait between two deliveries when one session is still too much. */
  readonly pause: number | undefined;
  /** What the log shows, for the cost: the peak of sessions, the most messages in a minute and in an hour, and how long a session was busy with one message, in seconds; undefined when the log does not tell. */
  readonly measured: {
    readonly sessions: number;
    readonly perMinute: number;
    readonly perHour: number;
    readonly secondsPerMessage: number | undefined;
  };
  /** How these numbers were chosen, a sentence each. */
  readonly because: readonly string[];
}

/** A line of a configuration, and what it does. */
export interface SettingLine {
  readonly kind: "add" | "remove" | "context";
  readonly text: string;
  /** One sentence; undefined for a line that needs none. */
  readonly why: string | undefined;
}

/** The change of one server's configuration: shown and copied, never applied. */
export interface Setting {
  readonly server: ServerId;
  readonly serverName: string;
  readonly files: readonly { readonly path: string; readonly lines: readonly SettingLine[] }[];
  /** Commands that make it work, in order. */
  readonly commands: readonly string[];
  /** What it costs in delay, computed from the log, one or two sentences. */
  readonly cost: string;
  /** What to know before using it. */
  readonly notes: readonly string[];
  /** The server's own documentation of what is used. */
  readonly sources: readonly { readonly name: string; readonly url: string }[];
}
