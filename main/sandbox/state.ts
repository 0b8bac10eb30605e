import { type Failure, failure } from '../../shared/domain/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { bearerToken } from './http.ts';
import { readStateFile, writeStateFile } from './state-file.ts';
import type {
  SandboxReply,
  SandboxRequest,
  SandboxSystem,
  SandboxTools,
  SandboxWorld,
  TokenFor,
} from './system.ts';
import { bearerRest } from './systems/bearer-rest.ts';
import { channex } from './systems/channex.ts';
import { coinbarPay } from './systems/coinbarpay.ts';
import { paygentic } from './systems/paygentic.ts';
import { resmic } from './systems/resmic.ts';

type Saved = Promise<Result<void, Failure<'storage-failed'>>>;

/** The operation that a request is for. */
export interface FoundOperation {
  readonly system: string;
  readonly operation: string;
  readonly changes: boolean;
  act(world: SandboxWorld): SandboxReply;
}

/** A system with its state, as one thing. */
interface OpenSystem {
  readonly id: string;
  readonly prefix: string;
  state(): unknown;
  find(request: SandboxRequest, environmentOf: SandboxTools['environmentOf']): FoundOperation | null;
  notFound(request: SandboxRequest): SandboxReply;
}

/** All that the sandbox remembers, in memory and in one file. */
export interface SandboxState {
  /** The port of earlier starts; null at the first. */
  readonly port: number | null;
  setPort(port: number): Saved;
  find(request: SandboxRequest): FoundOperation | null;
  notFound(request: SandboxRequest): SandboxReply;
  issueManagementToken(wanted: TokenFor, world: SandboxWorld): string;
  /** Whether a request carries a management token. */
  isManaged(request: SandboxRequest): boolean;
  /** Writes everything to the file. Saves that wait for each other are done as one. */
  save(): Saved;
  /** Answers when no save is under way any more. */
  settled(): Promise<void>;
}

/** Opens the state file, or begins without one. */
export async function openState(file: string): Promise<Result<SandboxState, Failure<'storage-failed'>>> {
  const read = await readStateFile(file);
  if (!read.ok) return read;
  const stored = read.value?.systems ?? {};
  const managing = stateOf(bearerRest, stored[bearerRest.id]);
  const opened = [
    open(resmic, stored[resmic.id]),
    open(coinbarPay, stored[coinbarPay.id]),
    open(paygentic, stored[paygentic.id]),
    open(channex, stored[channex.id]),
  ];
  const systems = opened.filter((system) => system !== null);
  if (managing === null || systems.length < opened.length) {
    return fail(failure('storage-failed', { file, reason: 'It does not hold the state of a sandbox.' }));
  }
  // Last, since its paths begin like everybody's.
  systems.push(openWith(bearerRest, managing));
  const environmentOf = (token: string) => bearerRest.environmentOf(managing, token);
  let port = read.value?.port ?? null;

  const write = () =>
    writeStateFile(file, {
      format: 1,
      port: port ?? 0,
      systems: Object.fromEntries(systems.map((system) => [system.id, system.state()])),
    });
  const { save, settled } = coalesced(write);
  return ok({
    port,
    setPort(newPort) {
      port = newPort;
      return save();
    },
    find: (request) => firstOf(systems, (system) => system.find(request, environmentOf)),
    notFound(request) {
      const addressed = systems.find(({ prefix }) => request.path.startsWith(prefix));
      return (addressed ?? bearerRest).notFound(request);
    },
    issueManagementToken: (wanted, world) => bearerRest.issueManagementToken(managing, wanted, world),
    isManaged(request) {
      const token = bearerToken(request.headers);
      return token !== null && environmentOf(token) !== null;
    },
    save,
    settled,
  });
}

function firstOf<A, B>(items: readonly A[], find: (item: A) => B | null): B | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}

/** Runs one write at a time; whoever asks meanwhile shares the next one, which starts after they asked. */
function coalesced(write: () => Saved): Pick<SandboxState, 'save' | 'settled'> {
  let running: Saved | null = null;
  let next: Saved | null = null;
  const run = (): Saved => {
    next = null;
    const current = write().finally(() => {
      if (running === current) running = null;
    });
    running = current;
    return current;
  };
  return {
    save() {
      if (next !== null) return next;
      if (running === null) return run();
      next = running.then(run);
      return next;
    },
    async settled() {
      await (next ?? running);
    },
  };
}

/** The state as it was stored, or an empty one; null when it cannot be read. */
function stateOf<State>(system: SandboxSystem<State>, stored: unknown): State | null {
  const parsed = system.stateSchema.safeParse(stored ?? system.emptyState());
  return parsed.success ? parsed.data : null;
}

function open<State>(system: SandboxSystem<State>, stored: unknown): OpenSystem | null {
  const state = stateOf(system, stored);
  return state === null ? null : openWith(system, state);
}

function openWith<State>(system: SandboxSystem<State>, state: State): OpenSystem {
  return {
    id: system.id,
    prefix: system.prefix,
    state: () => state,
    find(request, environmentOf) {
      for (const operation of system.operations) {
        const match = operation.method === request.method ? operation.path.exec(request.path) : null;
        if (match === null) continue;
        const groups = match.slice(1).map(decoded);
        const act = (world: SandboxWorld) =>
          operation.act(state, request, groups, { ...world, environmentOf });
        return { system: system.id, operation: operation.name, changes: operation.changes, act };
      }
      return null;
    },
    notFound: system.notFound,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
