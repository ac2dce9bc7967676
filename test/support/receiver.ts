// A receiving mail server of a test, on loopback: answers like cox.net's, takes its time with each message, and counts its sessions.
import { once } from "node:events";
import { createServer, type Socket } from "node:net";

/** The name by which the receiver greets, one of Cox. */
export const receiverHost = "cxr.mx.a.cloudfilter.net";

/** What the receiver does with its clients. */
export interface ReceiverOptions {
  /** How many sessions at the same time it serves; more are greeted with 421 and AUP#CXCNCT. No limit when undefined. */
  readonly limit?: number;
  /** It accepts no message before so many sessions are served at once and, with a limit, one more was refused, so that the peak does not depend on the machine's speed. */
  readonly gather?: number;
  /** How long it takes to accept message number n (from 0), in ms. */
  readonly hold: (n: number) => number;
}

/** One connection, from accept to QUIT or close, by the machine's clock in ms since 1970. */
export interface Session {
  readonly from: number;
  readonly to: number;
  readonly messages: number;
  /** It was greeted with the refusal. */
  readonly refused: boolean;
}

/** What really happened. */
export interface Truth {
  /** The most connections that were open at the same moment, refused ones included. */
  readonly peak: number;
  /** The most that were served at the same moment. */
  readonly served: number;
  readonly messages: number;
  readonly sessions: readonly Session[];
}

/** A running receiver. */
export interface Receiver {
  readonly address: string;
  readonly port: number;
  /** How many sessions are open now. */
  open(): number;
  /** All that happened so far, closed sessions only. */
  truth(): Truth;
  stop(): Promise<void>;
}

interface Book {
  readonly options: ReceiverOptions;
  readonly sessions: Session[];
  readonly open: Set<Talk>;
  readonly gathered: Promise<void>;
  /** Lets go of the first messages. */
  readonly release: () => void;
  messages: number;
  peak: number;
  served: number;
}

interface Talk {
  readonly from: number;
  readonly refused: boolean;
  messages: number;
}

/** Starts a receiver on a loopback address of its own and a free port. */
export async function startReceiver(options: ReceiverOptions): Promise<Receiver> {
  const book = openBook(options);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
    // Behind what has already come from others: a client that said QUIT before it came again has left.
    setImmediate(() => serve(socket, book));
  });
  server.listen(0, "127.0.0.2");
  await once(server, "listening");
  const place = server.address();
  if (place === null || typeof place === "string") throw new Error("the receiver has no port");
  return {
    address: place.address,
    port: place.port,
    open: () => sockets.size,
    truth: () => {
      const { peak, served, messages, sessions } = book;
      return { peak, served, messages, sessions: [...sessions] };
    },
    stop: async () => {
      book.release();
      const gone = [...sockets].map((socket) => once(socket.destroy(), "close"));
      if (server.listening) gone.push(once(server.close(), "close"));
      await Promise.all(gone);
    },
  };
}

function openBook(options: ReceiverOptions): Book {
  let release = () => {};
  const gathered = new Promise<void>((resolve) => {
    release = resolve;
  });
  if (options.gather === undefined) release();
  return { options, gathered, release, sessions: [], open: new Set(), messages: 0, peak: 0, served: 0 };
}

function serve(socket: Socket, book: Book): void {
  const talk = enter(book);
  const leave = () => {
    if (book.open.delete(talk)) book.sessions.push({ ...talk, to: Date.now() });
  };
  socket.once("close", leave);
  if (talk.refused) {
    // What nobody reads would keep it from closing.
    socket.resume().end(`421 cmsmtp ${socket.remoteAddress} blocked. ${refusal}\r\n`);
    return;
  }
  socket.write(`220 ${receiverHost} cmsmtp ESMTP server ready\r\n`);
  const accept = async () => {
    talk.messages++;
    const time = book.options.hold(book.messages++);
    await book.gathered;
    setTimeout(() => socket.write("250 2.0.0 mail accepted for delivery\r\n"), time);
  };
  converse(socket, accept, leave);
}

const refusal =
  "Refer to Error Codes section at https://www.cox.com/residential/support/email-error-codes.html for more information. AUP#CXCNCT";

function enter(book: Book): Talk {
  const { limit, gather } = book.options;
  const served = [...book.open].filter(({ refused }) => !refused).length;
  const talk = { from: Date.now(), refused: served >= (limit ?? Number.POSITIVE_INFINITY), messages: 0 };
  book.open.add(talk);
  book.peak = Math.max(book.peak, book.open.size);
  if (!talk.refused) book.served = Math.max(book.served, served + 1);
  if (book.served >= (gather ?? 0) && (limit === undefined || talk.refused)) book.release();
  return talk;
}

/** Answers commands; calls `accept`, which answers by itself, at the end of each message, and `leave` when the session is over. */
function converse(socket: Socket, accept: () => void, leave: () => void): void {
  let [rest, inData] = ["", false];
  socket.setEncoding("latin1").on("data", (chunk) => {
    const lines = `${rest}${chunk}`.split("\r\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (!inData) socket.write(answer(line));
      else if (line === ".") accept();
      inData = inData ? line !== "." : /^data$/i.test(line);
      if (!/^quit$/i.test(line) || inData) continue;
      leave();
      socket.end();
    }
  });
}

function answer(command: string): string {
  const verb = command.slice(0, 4).toUpperCase();
  return `${replies[verb] ?? "250 2.0.0 ok"}\r\n`;
}

const replies: Readonly<Record<string, string>> = {
  EHLO: `250-${receiverHost} hello\r\n250-SIZE 52428800\r\n250 8BITMIME`,
  MAIL: "250 2.1.0 sender ok",
  RCPT: "250 2.1.5 recipient ok",
  DATA: "354 enter mail, end with a dot",
  QUIT: `221 2.0.0 ${receiverHost} closing`,
};
