import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { z } from 'zod';
import type { faultSchema } from '../../../main/sandbox/faults.ts';
import { startSandbox } from '../../../main/sandbox/sandbox.ts';
import type { Environment } from '../../../shared/domain/key.ts';

/** A key as the sandbox lists it. */
export interface ListedAtSandbox {
  readonly id: string;
  readonly name: string;
  readonly last4: string;
}

/** A sandbox outside the app, so that it outlives the app's death and can be told to misbehave. */
export interface SandboxServer {
  readonly origin: string;
  /** The management token of the environment that it was started for. */
  readonly token: string;
  /** Makes it misbehave; counted off by operation. */
  fault(fault: z.input<typeof faultSchema>): Promise<void>;
  /** How often the operation was called. */
  calls(operation: 'create' | 'list' | 'revoke' | 'check'): Promise<number>;
  /** The keys that are alive, oldest first. */
  alive(): Promise<readonly ListedAtSandbox[]>;
  /** Makes a key that no vault knows. */
  makeKey(name: string): Promise<ListedAtSandbox & { readonly key: string }>;
  /** Revokes a key as somebody would in a dashboard, without the app. */
  revokeKey(id: string): Promise<void>;
  /** What it answers to the value: 200 while the key is alive, 401 when it is not. */
  statusOf(value: string): Promise<number>;
  stop(): Promise<void>;
}

/** Starts a sandbox with its state in the folder. Its own looks at it are not among the counted `calls`. */
export async function startSandboxServer(
  folder: string,
  environment: Environment = 'test',
): Promise<SandboxServer> {
  const started = await startSandbox({
    stateFile: path.join(folder, 'sandbox-server.json'),
    clock: Date.now,
    random: (bytes) => randomBytes(bytes),
    faults: true,
  });
  if (!started.ok) throw new Error(started.error.reason);
  const { origin, issueManagementToken, stop } = started.value;
  const issued = await issueManagementToken(environment);
  if (!issued.ok) throw new Error(issued.error.reason);
  const token = issued.value.reveal();
  const own = new Map<string, number>();
  const ask = (method: string, address: string, bearer: string, body?: object) =>
    fetch(`${origin}${address}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const look = (operation: string) => own.set(operation, (own.get(operation) ?? 0) + 1);

  return {
    origin,
    token,
    async fault(fault) {
      const answer = await ask('POST', '/__sandbox/faults', token, fault);
      if (!answer.ok) throw new Error(`The sandbox did not take the fault: ${await answer.text()}`);
    },
    async calls(operation) {
      const answer = await ask('GET', '/__sandbox/log', token);
      const { counts } = (await answer.json()) as { counts: Record<string, number> };
      return (counts[`bearer-rest.${operation}`] ?? 0) - (own.get(operation) ?? 0);
    },
    async alive() {
      look('list');
      const answer = await ask('GET', '/v1/api-keys', token);
      return ((await answer.json()) as { data: ListedAtSandbox[] }).data;
    },
    async makeKey(name) {
      look('create');
      const answer = await ask('POST', '/v1/api-keys', token, { name });
      return ((await answer.json()) as { data: ListedAtSandbox & { key: string } }).data;
    },
    async revokeKey(id) {
      look('revoke');
      const answer = await ask('DELETE', `/v1/api-keys/${id}`, token);
      if (!answer.ok) throw new Error(`The sandbox did not revoke ${id}: ${await answer.text()}`);
    },
    async statusOf(value) {
      look('check');
      return (await ask('GET', '/v1/me', value)).status;
    },
    stop,
  };
}
