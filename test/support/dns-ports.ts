// Finds a loopback port that is free for UDP and TCP: DNS servers take both.
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";

/** A free port on 127.0.0.1; somebody else may take it before it is used. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const port = await freeUdpPort();
    if (await isFreeForTcp(port)) return port;
  }
  throw new Error("no free port on loopback");
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(resolve));
  return port;
}

async function isFreeForTcp(port: number): Promise<boolean> {
  const server = createServer();
  const outcome = new Promise<boolean>((resolve) => {
    server.once("listening", () => resolve(true));
    server.once("error", () => resolve(false));
  });
  server.listen(port, "127.0.0.1");
  const free = await outcome;
  if (free) await new Promise((resolve) => server.close(resolve));
  return free;
}
