// What a receiver of a test answers to the commands of a sending mail server.
import type { Socket } from "node:net";
import { receiverHost } from "./receiver.ts";

/** What becomes of a conversation. */
interface Conversation {
  /** A message is there; it is answered by whoever takes it. */
  readonly accept: () => void;
  /** The client said QUIT. */
  readonly leave: () => void;
}

/** Answers the commands of a client until it says QUIT. */
export function converse(socket: Socket, { accept, leave }: Conversation): void {
  let [rest, inData] = ["", false];
  socket.setEncoding("latin1").on("data", (chunk) => {
    const lines = `${rest}${chunk}`.split("\r\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (!inData) socket.write(answer(line));
      else if (line === ".") accept();
      inData = inData ? line !== "." : /^data$/i.test(line);
      if (inData || !/^quit$/i.test(line)) continue;
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
