// The rule of a refusal: what its code stands for, and which rows of a check explain it or go with it.
import type { Condition, Decoded, Entry, Rule, Unseen } from "../model.ts";
import { providers } from "./data.ts";
import { listsIn, type NamedList, showsRefusedAsker } from "./lists.ts";

/** A refusal as the catalogue sees it. */
export interface Refused {
  readonly entry: Entry;
  readonly decoded: Decoded | undefined;
  /** Who answered, the id of a provider. */
  readonly provider: string | undefined;
  /** The failure in the log's own words, a stranger's text. */
  readonly words: string | undefined;
}

const habits: ReadonlyMap<string, readonly Condition[]> = new Map(
  providers.flatMap(({ id, considers }) => (considers === undefined ? [] : [[id, considers.map(({ row }) => row)]])),
);

/** The rule of an entry, with the lists of its decoded mask and those that the refusal's own words name. */
export function ruleOf({ entry, decoded, provider, words = "" }: Refused): Rule {
  const own = withHabits(entry, provider);
  const rule = decoded === undefined ? own : withMask(own, decoded);
  const lists = listsIn(words);
  if (lists.length === 0) return rule;
  return showsRefusedAsker(words) ? askerRefused(lists) : withLists(rule, lists, hasOwnCause(entry));
}

function hasOwnCause({ rule, provider }: Entry): boolean {
  return rule.named.length > 0 || (!isGeneral(provider) && rule.source !== undefined);
}

/** Of the standard, or of a mail server: no provider's own. */
function isGeneral(owner: string): boolean {
  return owner === "standard" || owner === "server";
}

/** What receivers in general look at gives way to what the one that answered is known to look at. */
function withHabits({ rule, provider: owner }: Entry, provider: string | undefined): Rule {
  const own = provider === undefined ? undefined : habits.get(provider);
  return isGeneral(owner) && own !== undefined && rule.considered.length > 0 ? { ...rule, considered: own } : rule;
}

function withMask(rule: Rule, { subject, lists, published }: Decoded): Rule {
  if (lists.length === 0) return rule;
  const what = subject === "sending-ip" ? "the IP" : "a link of the message";
  return {
    ...rule,
    standsFor: `${rule.standsFor} on ${listed(lists)}`,
    named: different(lists.map(({ row }) => row).filter((row) => row !== undefined)),
    unseen: lists
      .filter(({ row }) => row === undefined)
      .map(({ name, removal }) => ({ what: `whether ${name} holds ${what}`, link: removal })),
    grade: published ? rule.grade : "inferred",
  };
}

/** What the refusal itself names is a cause; a code that says nothing of its own stands for just that. */
function withLists(rule: Rule, lists: readonly NamedList[], ownCause: boolean): Rule {
  const named = different([...rule.named, ...lists.flatMap(({ conditions }) => conditions)]);
  const unseen = lists
    .filter(({ conditions }) => conditions.length === 0)
    .map(unseenList)
    .filter(({ what }) => !rule.unseen.some((own) => own.what === what));
  if (ownCause) return { ...rule, named, unseen: [...rule.unseen, ...unseen] };
  const gone = lists.find((list) => list.gone);
  return {
    ...ownWords,
    standsFor: `a listing on ${listed(lists)}${gone === undefined ? "" : ", a list that nobody should ask any more"}`,
    ...{ named, unseen },
    look:
      gone === undefined ? sendAgain : `Tell whoever refused to stop asking ${gone.name}. ${gone.fate ?? ""}`.trimEnd(),
  };
}

const ownWords = { considered: [], source: undefined, grade: "sample" } as const;

const sendAgain =
  "Send the message again; if it is refused again, ask whoever refused, in another way, what their server gets from the list.";

function unseenList({ name, page, gone }: NamedList): Unseen {
  return { what: `whether ${name} holds the IP`, link: gone ? undefined : page };
}

/** The list's error was taken for an entry: a fault on the receiver's side. */
function askerRefused(lists: readonly NamedList[]): Rule {
  return {
    ...ownWords,
    standsFor: `an error that ${listed(lists)} gave the receiver's own resolver, which is no listing`,
    named: [],
    unseen: [{ what: "what the list told the receiver's server", link: undefined }],
    look: "Tell the recipient's administrator in another way that their server takes an error of the list for a listing.",
  };
}

/** "A", "A and B", "A, B and C" */
function listed(lists: readonly { readonly name: string }[]): string {
  const names = lists.map(({ name }) => name);
  return [names.slice(0, -1).join(", "), names.at(-1)].filter((part) => part !== "").join(" and ");
}

function different<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
