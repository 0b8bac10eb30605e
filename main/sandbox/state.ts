import { type Failure, failure } from '../../shared/domain/failure.ts';
import type { Environment } from '../../shared/domain/key.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readStateFile, writeStateFile } from './state-file.ts';
import type { SandboxReply, SandboxRequest, SandboxSystem, SandboxWorld } from './system.ts';
import { bearerRest } from './systems/bearer-rest.ts';

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
  state(): unknown;
  find(request: SandboxRequest): FoundOperation | null;
  issueManagementToken(environment: Environment, world: SandboxWorld): string;
  isManaged(request: SandboxRequest): boolean;
  notFound(request: SandboxRequest): SandboxReply;
}

/** All that the sandbox remembers, in memory and in one file. */
export interface SandboxState {
  /** The port of earlier starts; null at the first. */
  readonly port: number | null;
  setPort(port: number): Saved;
  find(request: SandboxRequest): FoundOperation | null;
  notFound(request: SandboxRequest): SandboxReply;
  issueManagementToken(environment: Environment, world: SandboxWorld): string;
  /** Whether a request carries a management token. */
  isManaged(request: SandboxRequest): boolean;
  /** Writes everything to the file. Saves that wait for each other are done as one. */
  save(): Saved;
}

/** Opens the state file, or begins without one. */
export async function openState(file: string): Promise<Result<SandboxState, Failure<'storage-failed'>>> {
  const read = await readStateFile(file);
  if (!read.ok) return read;
  const opened = openSystem(bearerRest, read.value?.systems[bearerRest.id]);
  if (opened === null) {
    return fail(
      failure('storage-failed', { file, reason: `It does not hold the state of "${bearerRest.id}".` }),
    );
  }
  const systems: readonly OpenSystem[] = [opened];
  let port = read.value?.port ?? null;

  const write = () =>
    writeStateFile(file, {
      format: 1,
      port: port ?? 0,
      systems: Object.fromEntries(systems.map((system) => [system.id, system.state()])),
    });
  const save = coalesced(write);
  return ok({
    port,
    setPort(newPort) {
      port = newPort;
      return save();
    },
    find: (request) => firstOf(systems, (system) => system.find(request)),
    notFound: opened.notFound,
    issueManagementToken: opened.issueManagementToken,
    isManaged: (request) => systems.some((system) => system.isManaged(request)),
    save,
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
function coalesced(write: () => Saved): () => Saved {
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
  return () => {
    if (next !== null) return next;
    if (running === null) return run();
    next = running.then(run);
    return next;
  };
}

function openSystem<State>(system: SandboxSystem<State>, stored: unknown): OpenSystem | null {
  const parsed = system.stateSchema.safeParse(stored ?? system.emptyState());
  if (!parsed.success) return null;
  const state = parsed.data;
  return {
    id: system.id,
    state: () => state,
    find(request) {
      for (const operation of system.operations) {
        const match = operation.method === request.method ? operation.path.exec(request.path) : null;
        if (match === null) continue;
        const groups = match.slice(1).map(decoded);
        const act = (world: SandboxWorld) => operation.act(state, request, groups, world);
        return { system: system.id, operation: operation.name, changes: operation.changes, act };
      }
      return null;
    },
    issueManagementToken: (environment, world) => system.issueManagementToken(state, environment, world),
    isManaged: (request) => system.isManaged(state, request),
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
