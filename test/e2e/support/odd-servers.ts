import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on a loopback port that answers everything in its own way. */
export interface OddServer {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Starts a server that is not the API that somebody takes it for. */
export async function startOddServer(answer: RequestListener): Promise<OddServer> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A web server with pages for people. */
export const webSite: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><h1>Welcome</h1>');
};

/** A web server that has nothing at the address. */
export const emptySite: RequestListener = (_, response) => {
  response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not found</h1>');
};

/** The address of a loopback port on which nobody listens. */
export async function deadAddress(): Promise<string> {
  const { origin, stop } = await startOddServer(webSite);
  await stop();
  return origin;
}
