// Hands messages to a mail server of a test, over one SMTP connection.
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout } from "node:timers/promises";

/** Sends messages to these recipients, one each, to the server at this port of 127.0.0.1, when it answers. Fails with the reply when the server refuses. */
export async function inject(port: number, recipients: readonly string[]): Promise<void> {
  const socket = await reach(port);
  const heard = replies(socket);
  const ask = async (command?: string): Promise<void> => {
    if (command !== undefined) socket.write(`${command}\r\n`);
    const { value } = await heard.next();
    if (!/^[23]/.test(value ?? "")) throw new Error(`the server under test said ${value ?? "nothing"} to ${command}`);
  };
  try {
    await ask();
    await ask("HELO client.example.org");
    for (const recipient of recipients) {
      await ask("MAIL FROM:<news@example.org>");
      await ask(`RCPT TO:<${recipient}>`);
      await ask("DATA");
      await ask(`From: <news@example.org>\r\nTo: <${recipient}>\r\nSubject: burst\r\n\r\nOne of a burst.\r\n.`);
    }
    await ask("QUIT");
  } finally {
    socket.destroy();
  }
}

async function reach(port: number): Promise<Socket> {
  for (let attempt = 0; attempt < 400; attempt++) {
    const socket = connect(port, "127.0.0.1");
    try {
      await once(socket, "connect");
      return socket;
    } catch {
      await setTimeout(25);
    }
  }
  throw new Error(`the server under test does not listen on port ${port}`);
}

/** The last lines of replies, in order. */
async function* replies(socket: Socket): AsyncGenerator<string, undefined> {
  let rest = "";
  for await (const chunk of socket.setEncoding("latin1")) {
    const lines = `${rest}${chunk}`.split("\r\n");
    rest = lines.pop() ?? "";
    yield* lines.filter((line) => line[3] !== "-");
  }
  return undefined;
}
