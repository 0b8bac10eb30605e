import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type Failure, failure } from '../../shared/domain/failure.ts';
import type { Environment } from '../../shared/domain/key.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import { Secret } from '../secrets/secret.ts';
import { createFaultDesk, type Fault, type FaultDesk, faultSchema } from './faults.ts';
import { isMeantFor, readJsonBody, sendHuge, sendJson } from './http.ts';
import { openState, type SandboxState } from './state.ts';
import type { SandboxReply, SandboxRequest, SandboxWorld } from './system.ts';

/** A sandbox that listens. */
export interface Sandbox {
  /** Such as `http://127.0.0.1:43210`; the same at every start with the same state file. */
  readonly origin: string;
  /**
   * Makes a management token of an environment. Only its hash is kept, and the token before it of the same holder
   * stops working, so that the caller's own store is the one place that has it.
   */
  issueManagementToken(
    environment: Environment,
    holder?: string,
  ): Promise<Result<Secret, Failure<'storage-failed'>>>;
  /** Stops listening; calls that are under way are cut off, and what they have changed is written. */
  stop(): Promise<void>;
}

export interface SandboxOptions extends SandboxWorld {
  readonly stateFile: string;
  /** For the first start; later ones take the port that the state file names. Without it, any free port. */
  readonly port?: number;
  /** Opens `/__sandbox/faults` and `/__sandbox/log` to holders of a management token. */
  readonly faults?: boolean;
}

/**
 * Starts the provider inside the app on 127.0.0.1. Fails with words when its port is taken: connections are
 * pinned to the origin, so another port would be another provider.
 */
export async function startSandbox(
  options: SandboxOptions,
): Promise<Result<Sandbox, Failure<'storage-failed'>>> {
  const { stateFile } = options;
  const opened = await openState(stateFile);
  if (!opened.ok) return opened;
  const state = opened.value;
  const server = createServer();
  const listening = await listen(server, state.port ?? options.port ?? 0);
  if (!listening.ok) return fail(failure('storage-failed', { file: stateFile, reason: listening.error }));
  const port = listening.value;
  const saved = await state.setPort(port);
  if (!saved.ok) {
    server.close();
    return saved;
  }
  const desk = options.faults === true ? createFaultDesk() : null;
  server.on('request', (request, response) => {
    answer({ state, desk, port, world: options }, request, response).catch(() => response.destroy());
  });
  return ok({
    origin: `http://127.0.0.1:${port}`,
    async issueManagementToken(environment, holder) {
      const token = state.issueManagementToken({ environment, holder: holder ?? null }, options);
      const stored = await state.save();
      return stored.ok ? ok(new Secret(token)) : stored;
    },
    async stop() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await state.settled();
    },
  });
}

function listen(server: Server, port: number): Promise<Result<number, string>> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      const reason = `Port ${port}, which the sandbox has to listen on, is used by another program.`;
      resolve(fail(taken ? reason : `The sandbox cannot listen on port ${port}: ${error.message}`));
    });
    server.listen(port, '127.0.0.1', () => resolve(ok((server.address() as AddressInfo).port)));
  });
}

interface Serving {
  readonly state: SandboxState;
  readonly desk: FaultDesk | null;
  readonly port: number;
  readonly world: SandboxWorld;
}

async function answer(serving: Serving, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isMeantFor(incoming, serving.port)) {
    return sendJson(response, { status: 403, body: { success: false, error: { code: 'foreign_request' } } });
  }
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const request: SandboxRequest = {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    remoteAddress: incoming.socket.remoteAddress ?? '',
    ...(await readJsonBody(incoming)),
  };
  const { desk, state, world } = serving;
  if (desk !== null && request.path.startsWith('/__sandbox/')) {
    return sendJson(response, control(desk, state, request));
  }
  const found = state.find(request);
  if (found === null) return sendJson(response, state.notFound(request));
  const fault = desk?.take(found.system, found.operation) ?? null;
  desk?.record({ system: found.system, operation: found.operation, fault: fault?.fault ?? null });
  if (fault !== null && !actsFirst.has(fault.fault)) return spoilBefore(fault, response);

  const reply = found.act(world);
  const saved = found.changes ? await state.save() : done;
  if (!saved.ok)
    return sendJson(response, { status: 500, body: { success: false, error: { message: 'Not saved.' } } });
  if (fault !== null) return spoilAfter(fault, reply, response);
  sendJson(response, reply);
}

const actsFirst: ReadonlySet<Fault['fault']> = new Set([
  'drop-after-acting',
  'delay',
  '500-after-acting',
  'not-json',
  'huge',
]);

function spoilBefore(fault: Fault, response: ServerResponse): void {
  if (fault.fault === 'drop') return void response.destroy();
  const headers = {
    ...(fault.fault === 'redirect' ? { location: fault.to } : {}),
    ...(fault.retryAfterSeconds === null ? {} : { 'retry-after': String(fault.retryAfterSeconds) }),
  };
  const status = fault.fault === 'redirect' ? 307 : Number(fault.fault);
  const error = { code: 'fault', message: `The sandbox was told to answer ${status}.` };
  sendJson(response, { status, body: { success: false, error } }, headers);
}

async function spoilAfter(fault: Fault, reply: SandboxReply, response: ServerResponse): Promise<void> {
  switch (fault.fault) {
    case 'delay':
      await wait(fault.ms);
      return sendJson(response, reply);
    case '500-after-acting':
      return sendJson(response, {
        status: 500,
        body: { success: false, error: { message: 'Told to fail.' } },
      });
    case 'not-json':
      response.writeHead(200, { 'content-type': 'text/html' });
      return void response.end('<html>This is not JSON.</html>');
    case 'huge':
      return sendHuge(response);
    default:
      return void response.destroy();
  }
}

function control(desk: FaultDesk, state: SandboxState, request: SandboxRequest): SandboxReply {
  if (!state.isManaged(request)) return { status: 401, body: { success: false } };
  if (request.method === 'GET' && request.path === '/__sandbox/log') {
    return { status: 200, body: { success: true, ...desk.log() } };
  }
  if (request.method !== 'POST' || request.path !== '/__sandbox/faults') {
    return { status: 404, body: { success: false } };
  }
  const fault = faultSchema.safeParse(request.body);
  if (!fault.success)
    return { status: 400, body: { success: false, error: { message: fault.error.message } } };
  desk.add(fault.data);
  return { status: 200, body: { success: true } };
}
