// Small UDP servers for what real ones do not do on request: count packets, answer with a bare error code, answer late.
import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { once } from "node:events";
import { decode } from "dns-packet";

/** A UDP server on loopback. */
export interface DnsStub {
  readonly address: string;
  /** How many packets came in. */
  packets(): number;
  /** What they asked, in order, just as it came: "Mail.example.net A". */
  asked(): readonly string[];
  /** Waits until every packet sent to it before has been counted; that takes one packet, which is not counted. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** A server that counts; it answers with this RCODE (2 SERVFAIL, 5 REFUSED), or not at all. */
export function startStub(rcode?: number): Promise<DnsStub> {
  return start((query, reply) => {
    if (rcode === undefined) return;
    const answer = Buffer.from(query);
    answer.writeUInt16BE(0x8000 | answer.readUInt16BE(2) | rcode, 2);
    reply(answer);
  });
}

/** A server that passes questions on, and each answer after this many milliseconds. */
export async function startLate(upstream: string, ms: number): Promise<DnsStub> {
  const [host = "", port = ""] = upstream.split(":");
  return start((query, reply) => {
    const out = createSocket("udp4").unref();
    out.once("message", (answer) => {
      out.close();
      setTimeout(() => reply(answer), ms).unref();
    });
    out.send(query, Number(port), host);
  });
}

type Handle = (query: Buffer, reply: (answer: Buffer) => void) => void;

const marker = Buffer.from("settle");

async function start(handle: Handle): Promise<DnsStub> {
  const socket = createSocket("udp4");
  const packets: Buffer[] = [];
  let open = true;
  socket.on("message", (query: Buffer, from: RemoteInfo) => {
    if (query.equals(marker)) return;
    packets.push(query);
    handle(query, (answer) => open && socket.send(answer, from.port, from.address));
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  return {
    address: `127.0.0.1:${port}`,
    packets: () => packets.length,
    asked: () => packets.map(questionOf),
    settle: () => settle(socket, port),
    stop: async () => {
      open = false;
      await new Promise<void>((resolve) => socket.close(resolve));
    },
  };
}

function questionOf(query: Buffer): string {
  const [question] = decode(query).questions ?? [];
  return `${question?.name} ${question?.type}`;
}

async function settle(socket: Socket, port: number): Promise<void> {
  const seen = new Promise<void>((resolve) => {
    const look = (data: Buffer) => {
      if (!data.equals(marker)) return;
      socket.off("message", look);
      resolve();
    };
    socket.on("message", look);
  });
  const sender = createSocket("udp4");
  sender.send(marker, port, "127.0.0.1");
  await seen;
  await new Promise<void>((resolve) => sender.close(resolve));
}
