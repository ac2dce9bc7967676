// Small HTTP servers on loopback that speak for a DNS over HTTPS endpoint, well or badly, and keep what was posted to them.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from "node:http";
import { createSecureServer as createHttp2 } from "node:http2";
import { createServer as createHttps } from "node:https";
import type { Server, Socket } from "node:net";
import { type Answer, decode, encode } from "dns-packet";
import { makeCertificate } from "./certificate.ts";
import { settle } from "./dns-process.ts";

/** What a client posted. */
export interface DohRequest {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly version: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

/** A running stub. */
export interface DohStub {
  /** "https://127.0.0.1:PORT/dns-query", or http. */
  readonly endpoint: string;
  /** The certificate to trust; undefined for http. */
  readonly ca: string | undefined;
  readonly requests: readonly DohRequest[];
  /** How many connections were made. */
  connections(): number;
  /** Ends all connections; the server stays. */
  drop(): void;
  /** Waits until no connection is open. */
  dropped(): Promise<void>;
  stop(): Promise<void>;
}

/** Answers one request. */
export type DohHandler = (response: Pick<ServerResponse, "writeHead" | "write" | "end">, request: DohRequest) => void;

/** A server over plain HTTP. */
export function startHttpStub(handle: DohHandler): Promise<DohStub> {
  const requests: DohRequest[] = [];
  return listen({ server: createHttp(keeping(requests, handle)), scheme: "http", requests, ca: undefined });
}

/** A server over TLS that has HTTP/1.1 only, or HTTP/2 too. */
export function startHttpsStub(handle: DohHandler, { http2 }: { readonly http2: boolean }): Promise<DohStub> {
  return settle(async (place) => {
    const { keyFile, certificateFile, pem } = makeCertificate(place.directory);
    const tls = { key: readFileSync(keyFile), cert: readFileSync(certificateFile) };
    const requests: DohRequest[] = [];
    const listener = keeping(requests, handle);
    const server = http2
      ? createHttp2(tls, (request, response) => listener(request as never, response as never))
      : createHttps(tls, listener);
    await place.stop();
    return listen({ server, scheme: "https", requests, ca: pem });
  });
}

/** The message that answers `query` with these records. */
export function answerTo(query: Buffer, answers: readonly Answer[]): Buffer {
  const { id, questions } = decode(query);
  return encode({ type: "response", id: id ?? 0, flags: 0x180, questions: questions ?? [], answers: [...answers] });
}

/** Answers every question for an address with this one, as a server should. */
export function answerWith(address: string): DohHandler {
  return (response, { body }) => {
    const [question] = decode(body).questions ?? [];
    const message = answerTo(body, [{ type: "A", name: question?.name ?? "", ttl: 60, data: address }]);
    response.writeHead(200, { "content-type": "application/dns-message" });
    response.end(message);
  };
}

function keeping(requests: DohRequest[], handle: DohHandler) {
  return async (incoming: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const { method, url: path, httpVersion: version, headers } = incoming;
    const request = { method, path, version, headers, body: Buffer.concat(chunks) };
    requests.push(request);
    handle(response, request);
  };
}

interface Prepared {
  readonly server: Server;
  readonly scheme: "http" | "https";
  readonly requests: readonly DohRequest[];
  readonly ca: string | undefined;
}

async function listen({ server, scheme, requests, ca }: Prepared): Promise<DohStub> {
  const open = new Set<Socket>();
  let connections = 0;
  server.on("connection", (socket: Socket) => {
    connections += 1;
    open.add(socket);
    socket.on("close", () => open.delete(socket)).on("error", () => {});
  });
  const drop = () => {
    for (const socket of open) socket.destroy();
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    endpoint: `${scheme}://127.0.0.1:${port}/dns-query`,
    ca,
    requests,
    connections: () => connections,
    drop,
    dropped: async () => {
      while (open.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
      // The client hears of it a little later.
      await new Promise((resolve) => setTimeout(resolve, 50));
    },
    stop: async () => {
      drop();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
