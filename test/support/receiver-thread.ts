// The thread of a receiver: takes connections, counts them, and says what it saw when it is asked.
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { type ReceiverOptions, receiverHost, type Seen, type Session } from "./receiver.ts";
import { converse } from "./smtp-answers.ts";

interface Talk {
  readonly from: number;
  readonly refused: boolean;
  messages: number;
}

const options = workerData as ReceiverOptions;
const { limit = Number.POSITIVE_INFINITY, gather = 0, hold } = options;
const sessions: Session[] = [];
const open = new Set<Talk>();
const count = { peak: 0, served: 0, messages: 0 };
let sockets = 0;
let release = () => {};
const gathered = new Promise<void>((resolve) => {
  release = resolve;
});

function serve(socket: Socket): void {
  const talk = enter();
  const leave = () => {
    if (open.delete(talk)) sessions.push({ ...talk, to: Date.now() });
  };
  socket.once("close", leave);
  if (talk.refused) {
    // What nobody reads would keep it from closing.
    socket.resume().end(`421 cmsmtp ${socket.remoteAddress} blocked. ${refusal}\r\n`);
    return;
  }
  socket.write(`220 ${receiverHost} cmsmtp ESMTP server ready\r\n`);
  converse(socket, { accept: () => accept(socket, talk), leave });
}

const refusal =
  "Refer to Error Codes section at https://www.cox.com/residential/support/email-error-codes.html for more information. AUP#CXCNCT";

function enter(): Talk {
  const served = [...open].filter(({ refused }) => !refused).length;
  const talk = { from: Date.now(), refused: served >= limit, messages: 0 };
  open.add(talk);
  count.peak = Math.max(count.peak, open.size);
  if (!talk.refused) count.served = Math.max(count.served, served + 1);
  if (count.served >= gather && (limit === Number.POSITIVE_INFINITY || talk.refused)) release();
  return talk;
}

async function accept(socket: Socket, talk: Talk): Promise<void> {
  talk.messages++;
  const time = hold[count.messages++ % hold.length];
  if (gather > 0) await gathered;
  setTimeout(() => socket.write("250 2.0.0 mail accepted for delivery\r\n"), time);
}

const server = createServer((socket) => {
  sockets++;
  socket.on("close", () => sockets--).on("error", () => socket.destroy());
  // Behind what has already come from others: a client that said QUIT before it came again has left.
  setImmediate(() => serve(socket));
});
server.listen(0, "127.0.0.2");
await once(server, "listening");
parentPort?.postMessage(server.address());
parentPort?.on("message", () => {
  const seen: Seen = { open: sockets, truth: { ...count, sessions } };
  parentPort?.postMessage(seen);
});
