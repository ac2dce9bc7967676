// What earlier lines said of the messages on their way, by queue id, in a bounded memory.
import type { Relay } from "../model.ts";
import type { Written } from "./moments.ts";

/** One message. */
export interface Message {
  sender: string | undefined;
  /** When it was announced last: came in, or became active. */
  since: Written | undefined;
  /** Recipients that it was tried for without success. */
  tried: Set<string> | undefined;
  /** The index of an attempt that the message's own line will say again. */
  repeated: number | undefined;
  /** The host of a session that was announced with it. */
  relay: Relay | undefined;
}

/** What a line says that announces a message or a session. */
export interface Announcement {
  readonly sender: string | undefined;
  readonly now: Written;
  readonly relay: Relay | undefined;
}

/** The messages by queue id. */
export interface Messages {
  /** A line announced it; a later line of the same id renews the time. */
  announce(id: string, said: Announcement): void;
  /** The message of an id, a new one when no line announced it. */
  of(id: string): Message;
}

const most = 200_000;

/** A memory of at least half as many messages, those that were spoken of last; the others are forgotten together: to find the oldest each time is slow. */
export function createMessages(): Messages {
  let recent = new Map<string, Message>();
  let older = new Map<string, Message>();
  const of = (id: string): Message => {
    const known = recent.get(id);
    if (known !== undefined) return known;
    if (recent.size >= most / 2) [recent, older] = [new Map(), recent];
    const message: Message = older.get(id) ?? {
      sender: undefined,
      since: undefined,
      tried: undefined,
      repeated: undefined,
      relay: undefined,
    };
    recent.set(id, message);
    return message;
  };
  return {
    of,
    announce(id, { sender, now, relay }) {
      const message = of(id);
      message.sender = sender ?? message.sender;
      message.since = now;
      message.relay = relay ?? message.relay;
    },
  };
}
