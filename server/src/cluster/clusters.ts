// Puts failures with the same template together and counts them; a log of any length takes a bounded memory.
import type { Direction, Finding } from "../model.ts";
import { type Hints, hintsOf, templateOf } from "./template.ts";

/** A line of a log, from 0. */
export interface Place {
  readonly log: string;
  readonly line: number;
}

/** Failures that say the same. */
export interface Cluster {
  /** What they say, what differs masked; a stranger's text, at most 300 UTF-16 units. */
  readonly template: string;
  /** Id of the provider that answered; undefined when nobody knows it. */
  readonly provider: string | undefined;
  readonly direction: Direction;
  readonly count: number;
  /** The first and the last place, by the name of the log and the line. */
  readonly first: Place;
  readonly last: Place;
  /** The finding at the first place. */
  readonly example: Finding;
}

/** The clusters of one or more logs. */
export interface Clusters {
  add(finding: Finding, log: string): void;
  /** The most frequent first. */
  list(): readonly Cluster[];
  /** How many failures were added. */
  readonly count: number;
  /** How many of them no cluster holds, because there were too many templates by then. */
  readonly left: number;
}

/** Strangers choose what they say: beyond so many templates, new ones are only counted. */
export const mostTemplates = 10_000;

/** No clusters yet. `keeps`: names in lower case that are part of what is said. */
export function createClusters(keeps: Hints["keeps"], most = mostTemplates): Clusters {
  const clusters = new Map<string, Cluster>();
  let count = 0;
  let left = 0;
  return {
    add: (example, log) => {
      count++;
      const { delivery, provider } = example;
      const template = templateOf(delivery.words, hintsOf(delivery, keeps));
      const key = `${provider ?? ""} ${delivery.direction} ${template.toLowerCase()}`;
      const known = clusters.get(key);
      const place: Place = { log, line: delivery.line };
      const { direction } = delivery;
      if (known !== undefined) clusters.set(key, grown(known, example, place));
      else if (clusters.size >= most) left++;
      else clusters.set(key, { template, provider, direction, count: 1, first: place, last: place, example });
    },
    list: () => [...clusters.values()].sort(byCount),
    get count() {
      return count;
    },
    get left() {
      return left;
    },
  };
}

/** The example is that of the first place, whatever the order in which logs are read. */
function grown(known: Cluster, example: Finding, place: Place): Cluster {
  const count = known.count + 1;
  if (byPlace(place, known.first) < 0) return { ...known, count, first: place, example };
  return { ...known, count, last: byPlace(place, known.last) > 0 ? place : known.last };
}

function byPlace(a: Place, b: Place): number {
  return byText(a.log, b.log) || a.line - b.line;
}

function byCount(a: Cluster, b: Cluster): number {
  return b.count - a.count || byText(a.template, b.template) || byText(a.provider ?? "", b.provider ?? "");
}

function byText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
