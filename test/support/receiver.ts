// A receiving mail server of a test, on loopback: answers like cox.net's, takes its time with each message, and counts its sessions.
import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** The name by which the receiver greets, one of Cox. */
export const receiverHost = "cxr.mx.a.cloudfilter.net";

/** What the receiver does with its clients. */
export interface ReceiverOptions {
  /** How many sessions at the same time it serves; more are greeted with 421 and AUP#CXCNCT. No limit when undefined. */
  readonly limit?: number;
  /** It accepts no message before so many sessions are served at once and, with a limit, one more was refused, so that the peak does not depend on the machine's speed. */
  readonly gather?: number;
  /** How long it takes to accept a message, in ms, one after the other and then from the first again. */
  readonly hold: readonly number[];
}

/** One connection, from accept to QUIT or close, by the machine's clock in ms since 1970. */
export interface Session {
  readonly from: number;
  readonly to: number;
  readonly messages: number;
  /** It was greeted with the refusal. */
  readonly refused: boolean;
}

/** What really happened: all sessions that are over. */
export interface Truth {
  /** The most connections that were open at the same moment, refused ones included. */
  readonly peak: number;
  /** The most that were served at the same moment. */
  readonly served: number;
  readonly messages: number;
  readonly sessions: readonly Session[];
}

/** What the receiver saw so far. */
export interface Seen {
  /** How many connections are open now. */
  readonly open: number;
  readonly truth: Truth;
}

/** A running receiver. */
export interface Receiver {
  readonly address: string;
  readonly port: number;
  seen(): Promise<Seen>;
  stop(): Promise<void>;
}

/** Starts a receiver on a loopback address of its own and a free port. It runs in a thread of its own, for what the test does must not make it late. */
export async function startReceiver(options: ReceiverOptions): Promise<Receiver> {
  const worker = new Worker(new URL("./receiver-thread.ts", import.meta.url), { workerData: options });
  const [{ address, port }] = await once(worker, "message");
  return {
    address,
    port,
    seen: async () => {
      worker.postMessage("seen");
      const [seen] = await once(worker, "message");
      return seen;
    },
    stop: async () => {
      await worker.terminate();
    },
  };
}
