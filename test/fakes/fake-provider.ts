import type { Provider } from '../../main/providers/provider.ts';
import { Secret } from '../../main/secrets/secret.ts';
import { failure, type ProviderFailure } from '../../shared/domain/failure.ts';
import type { ListedKey } from '../../shared/domain/provider.ts';
import { done, fail, ok } from '../../shared/result.ts';

/** A key as the provider's own server knows it. */
export interface ServerKey {
  readonly id: string;
  readonly label: string;
  readonly secret: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  active: boolean;
  /** When a check last met it alive. */
  lastUsedAt: number | null;
  /** How many more checks meet a server that has not heard of the key's making yet. */
  unheardOf: number;
  /** How many more checks meet a server that has not heard of the key's revocation yet. */
  lingering: number;
}

/** How the server behaves from now on. */
export interface Behaviour {
  listsNames: boolean;
  /** A new key is refused by this many checks before it is accepted; `Infinity`: for ever. */
  refusesNewKeyFor: number;
  /** A revoked key goes on being accepted by this many checks; `Infinity`: for ever. */
  acceptsRevokedKeyFor: number;
  /** How long a new key lives; null: without end. */
  lifetimeMs: number | null;
}

/** A provider's server: what it knows outlives every run of the app. */
export interface FakeServer {
  readonly keys: ServerKey[];
  /** Every request that reached it, in order: `create`, `list`, `revoke k1`, `check k1 accepted`. */
  readonly requests: string[];
  readonly behaviour: Behaviour;
  readonly provider: Provider;
  creates(): number;
  alive(): ServerKey[];
  /** The next create is turned down with these words; nothing is made. */
  rejectNextCreate(failure: ProviderFailure): void;
  /** The next create is answered into the void: the key was made, or, with `acted` false, it was not. */
  loseNextAnswer(acted?: boolean): void;
  failNextLists(times: number): void;
  failNextRevocations(times: number): void;
  failNextChecks(times: number): void;
  /** The account's owner made a key by hand. */
  makeByHand(label: string): ServerKey;
  /** The account's owner removed a key by hand: the server does not know it any more. */
  removeByHand(id: string): void;
  /** Called when a living key is about to be revoked. */
  onRevoke: (key: ServerKey) => void;
}

const host = 'keys.example.com';
const dropped = failure('provider-unreachable', { host, reason: 'dropped' });

/** A server without keys. `now` is its clock. */
export function createFakeServer(now: () => number): FakeServer {
  const keys: ServerKey[] = [];
  const requests: string[] = [];
  const behaviour: Behaviour = {
    listsNames: true,
    refusesNewKeyFor: 0,
    acceptsRevokedKeyFor: 0,
    lifetimeMs: null,
  };
  let made = 0;
  let rejection: ProviderFailure | null = null;
  let lost: { readonly acted: boolean } | null = null;
  const failing = { list: 0, revoke: 0, check: 0 };

  function isFailing(operation: keyof typeof failing): boolean {
    if (failing[operation] === 0) return false;
    failing[operation] -= 1;
    requests.push(`${operation} lost`);
    return true;
  }

  function make(label: string): ServerKey {
    made += 1;
    const key: ServerKey = {
      id: `k${made}`,
      label,
      secret: `sk_value_of_key_number_${String(made).padStart(4, '0')}`,
      createdAt: now(),
      expiresAt: behaviour.lifetimeMs === null ? null : now() + behaviour.lifetimeMs,
      active: true,
      lastUsedAt: null,
      unheardOf: behaviour.refusesNewKeyFor,
      lingering: behaviour.acceptsRevokedKeyFor,
    };
    keys.push(key);
    return key;
  }

  function accepts(key: ServerKey | undefined): boolean {
    if (key === undefined) return false;
    if (key.active && key.unheardOf > 0) {
      key.unheardOf -= 1;
      return false;
    }
    if (!key.active && key.lingering > 0) {
      key.lingering -= 1;
      return true;
    }
    return key.active;
  }

  const provider = (): Provider => ({
    name: 'Example',
    nameMaxLength: 64,
    listsNames: behaviour.listsNames,
    async create(label) {
      requests.push('create');
      const refused = rejection;
      const vanishing = lost;
      rejection = null;
      lost = null;
      if (refused !== null) return fail({ outcome: 'rejected', failure: refused });
      if (vanishing?.acted === false) return fail({ outcome: 'unknown', failure: dropped });
      const key = make(label);
      if (vanishing !== null) return fail({ outcome: 'unknown', failure: dropped });
      const { id, secret, createdAt, expiresAt } = key;
      return ok({
        providerKeyId: id,
        fields: { API_KEY: new Secret(secret) },
        issuedAt: createdAt,
        expiresAt,
      });
    },
    async list() {
      if (isFailing('list')) return fail(dropped);
      requests.push('list');
      return ok(keys.map((key) => listed(key, behaviour.listsNames)));
    },
    async revoke(id) {
      if (isFailing('revoke')) return fail(dropped);
      requests.push(`revoke ${id}`);
      const key = keys.find((one) => one.id === id);
      if (key?.active) server.onRevoke(key);
      if (key !== undefined) key.active = false;
      return done;
    },
    async check(fields) {
      if (isFailing('check')) return fail(dropped);
      const key = keys.find((one) => one.secret === fields.API_KEY?.reveal());
      const isAccepted = accepts(key);
      if (key !== undefined && isAccepted) key.lastUsedAt = now();
      requests.push(`check ${key?.id ?? 'stranger'} ${isAccepted ? 'accepted' : 'refused'}`);
      return ok(isAccepted ? { outcome: 'valid' } : { outcome: 'refused', message: 'No such key' });
    },
    async checkCredential() {
      requests.push('checkCredential');
      return done;
    },
  });

  const server: FakeServer = {
    keys,
    requests,
    behaviour,
    get provider() {
      return provider();
    },
    creates: () => requests.filter((request) => request === 'create').length,
    alive: () => keys.filter((key) => key.active),
    rejectNextCreate(reason) {
      rejection = reason;
    },
    loseNextAnswer(acted = true) {
      lost = { acted };
    },
    failNextLists(times) {
      failing.list = times;
    },
    failNextRevocations(times) {
      failing.revoke = times;
    },
    failNextChecks(times) {
      failing.check = times;
    },
    makeByHand: make,
    removeByHand(id) {
      const index = keys.findIndex((key) => key.id === id);
      if (index >= 0) keys.splice(index, 1);
    },
    onRevoke: () => undefined,
  };
  return server;
}

function listed(key: ServerKey, listsNames: boolean): ListedKey {
  return {
    providerKeyId: key.id,
    name: listsNames ? key.label : '',
    masked: `…${key.secret.slice(-4)}`,
    createdAt: key.createdAt,
    lastUsedAt: key.lastUsedAt,
    active: key.active,
  };
}
