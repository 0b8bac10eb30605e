import type { Provider } from '../../main/providers/provider.ts';
import { Secret, type SecretFields } from '../../main/secrets/secret.ts';
import { failure, type ProviderFailure } from '../../shared/domain/failure.ts';
import type { ListedKey, Refusal } from '../../shared/domain/provider.ts';
import { done, fail, ok } from '../../shared/result.ts';

/** A key as the provider's own server knows it. */
export interface ServerKey {
  readonly id: string;
  readonly label: string;
  /** The value that it has now; a rotation that keeps the id changes it. */
  secret: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  active: boolean;
  /** When a check last met it alive. */
  lastUsedAt: number | null;
  /** How many more checks meet a server that has not heard of the key's making yet. */
  unheardOf: number;
  /** How many more checks meet a server that has not heard of the key's revocation yet. */
  lingering: number;
  /** The values before the one that it has now, and when each of them ends. */
  readonly former: { readonly secret: string; readonly until: number }[];
}

type Operation = 'create' | 'list' | 'revoke' | 'check' | 'rotate';

/** How the server behaves from now on. */
export interface Behaviour {
  listsNames: boolean;
  /** What it does not offer by HTTP. It rotates only when it is told to. */
  readonly lacks: Set<Operation>;
  /** Whether a key that the server rotates keeps its id. */
  rotationKeepsId: boolean;
  /** How long an old value goes on after a rotation, in seconds at most. */
  rotateGraceSeconds: number;
  /** Whether an old value goes on only as long as was asked, and not always as long as it may. */
  asksForGrace: boolean;
  /** As many keys as may be alive; a create beyond is turned down. */
  keyLimit: number;
  /** Whether it says beforehand how many keys may be alive. */
  saysLimit: boolean;
  /** The id under which the list shows the management credential. */
  ownKeyId: string | null;
  /** What it says of a key that it refuses. */
  refusesBecause: Refusal;
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
  /** Every request that reached it, in order: `create`, `list`, `rotate k1`, `revoke k1`, `check k1 accepted`. */
  readonly requests: string[];
  readonly behaviour: Behaviour;
  readonly provider: Provider;
  creates(): number;
  alive(): ServerKey[];
  /** Whether the server accepts the value now; no request, and nothing is remembered of it. */
  works(secret: string): boolean;
  /** The next create or rotation is turned down with these words; nothing is made. */
  rejectNextCreate(failure: ProviderFailure): void;
  /** The next create or rotation is answered into the void: it was done, or, with `acted` false, it was not. */
  loseNextAnswer(acted?: boolean): void;
  failNextLists(times: number): void;
  failNextRevocations(times: number): void;
  failNextChecks(times: number): void;
  /** The account's owner made a key by hand. */
  makeByHand(label: string): ServerKey;
  /** The account's owner revoked a key by hand. */
  revokeByHand(id: string): void;
  /** The account's owner removed a key by hand: the server does not know it any more. */
  removeByHand(id: string): void;
  /** Called when a living key is about to be revoked, by whomever. */
  onRevoke: (key: ServerKey) => void;
}

const host = 'keys.example.com';
const dropped = failure('provider-unreachable', { host, reason: 'dropped' });
const limitReached = failure('key-limit-reached', { host, message: 'No more keys' });
const usualForm = /^sk_value_/;
const missing = (operation: Operation) => failure('operation-missing', { provider: 'Example', operation });

/** A server without keys. `now` is its clock. */
export function createFakeServer(now: () => number): FakeServer {
  const keys: ServerKey[] = [];
  const requests: string[] = [];
  const behaviour: Behaviour = {
    listsNames: true,
    lacks: new Set(['rotate']),
    rotationKeepsId: true,
    rotateGraceSeconds: 0,
    asksForGrace: false,
    keyLimit: Number.POSITIVE_INFINITY,
    saysLimit: false,
    ownKeyId: null,
    refusesBecause: 'not-accepted',
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

  function nextSecret(): string {
    made += 1;
    return `sk_value_of_key_number_${String(made).padStart(4, '0')}`;
  }

  function make(label: string): ServerKey {
    const secret = nextSecret();
    const key: ServerKey = {
      id: `k${made}`,
      label,
      secret,
      createdAt: now(),
      expiresAt: behaviour.lifetimeMs === null ? null : now() + behaviour.lifetimeMs,
      active: true,
      lastUsedAt: null,
      unheardOf: behaviour.refusesNewKeyFor,
      lingering: behaviour.acceptsRevokedKeyFor,
      former: [],
    };
    keys.push(key);
    return key;
  }

  /** Gives a key another value, under the same id or another. */
  function replace(key: ServerKey, graceSeconds: number): ServerKey {
    const seconds = behaviour.asksForGrace ? graceSeconds : behaviour.rotateGraceSeconds;
    key.former.push({ secret: key.secret, until: now() + seconds * 1_000 });
    if (behaviour.rotationKeepsId) {
      key.secret = nextSecret();
      key.unheardOf = behaviour.refusesNewKeyFor;
      return key;
    }
    key.secret = '';
    key.active = false;
    return make(key.label);
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

  const bySecret = (secret: string | undefined) =>
    keys.find((one) => one.secret !== '' && one.secret === secret);
  const byFormer = (secret: string | undefined) =>
    keys.find((key) => key.former.some((one) => one.secret === secret));
  const isInGrace = (secret: string | undefined): boolean =>
    keys.some((key) => key.former.some((one) => one.secret === secret && now() < one.until));

  /** What the next create or rotation meets instead of being done. */
  function obstacle(): { readonly refused: ProviderFailure | null; readonly vanishing: typeof lost } {
    const met = { refused: rejection, vanishing: lost };
    rejection = null;
    lost = null;
    return met;
  }

  const issuedAs = (key: ServerKey) =>
    ok({
      providerKeyId: key.id,
      fields: { API_KEY: new Secret(key.secret) },
      issuedAt: key.createdAt,
      expiresAt: key.expiresAt,
    });

  const provider = (): Provider => ({
    name: 'Example',
    nameMaxLength: 64,
    nameStyle: 'text',
    maxKeys: behaviour.saysLimit ? behaviour.keyLimit : null,
    offers: {
      create: !behaviour.lacks.has('create'),
      list: !behaviour.lacks.has('list'),
      revoke: !behaviour.lacks.has('revoke'),
      check: !behaviour.lacks.has('check'),
      rotate: !behaviour.lacks.has('rotate'),
    },
    rotateGraceSeconds: behaviour.rotateGraceSeconds,
    listsNames: behaviour.listsNames,
    async create(label) {
      if (behaviour.lacks.has('create')) return fail({ outcome: 'rejected', failure: missing('create') });
      requests.push('create');
      const { refused, vanishing } = obstacle();
      if (refused !== null) return fail({ outcome: 'rejected', failure: refused });
      if (server.alive().length >= behaviour.keyLimit) {
        return fail({ outcome: 'rejected', failure: limitReached });
      }
      if (vanishing?.acted === false) return fail({ outcome: 'unknown', failure: dropped });
      const key = make(label);
      return vanishing === null ? issuedAs(key) : fail({ outcome: 'unknown', failure: dropped });
    },
    async rotate(id, { graceSeconds }) {
      if (behaviour.lacks.has('rotate')) return fail({ outcome: 'rejected', failure: missing('rotate') });
      requests.push(`rotate ${id}`);
      const { refused, vanishing } = obstacle();
      const key = keys.find((one) => one.id === id && one.active);
      const unknown = failure('provider-not-found', { host, message: 'No such key' });
      const reason = refused ?? (key === undefined ? unknown : null);
      if (key === undefined || reason !== null)
        return fail({ outcome: 'rejected', failure: reason ?? unknown });
      if (vanishing?.acted === false) return fail({ outcome: 'unknown', failure: dropped });
      const next = replace(key, graceSeconds);
      return vanishing === null ? issuedAs(next) : fail({ outcome: 'unknown', failure: dropped });
    },
    async list() {
      if (behaviour.lacks.has('list')) return fail(missing('list'));
      if (isFailing('list')) return fail(dropped);
      requests.push('list');
      return ok(keys.map((key) => listed(key, behaviour.listsNames)));
    },
    async revoke(id) {
      if (behaviour.lacks.has('revoke')) return fail(missing('revoke'));
      if (isFailing('revoke')) return fail(dropped);
      requests.push(`revoke ${id}`);
      const key = keys.find((one) => one.id === id);
      if (key?.active) server.onRevoke(key);
      if (key !== undefined) key.active = false;
      return done;
    },
    async check(fields) {
      if (behaviour.lacks.has('check')) return fail(missing('check'));
      if (isFailing('check')) return fail(dropped);
      const secret = fields.API_KEY?.reveal();
      const key = bySecret(secret);
      const isAccepted = accepts(key) || isInGrace(secret);
      if (key !== undefined && isAccepted) key.lastUsedAt = now();
      const former = key === undefined ? byFormer(secret) : undefined;
      const name = former === undefined ? (key?.id ?? 'stranger') : `${former.id} before`;
      requests.push(`check ${name} ${isAccepted ? 'accepted' : 'refused'}`);
      if (isAccepted) return ok({ outcome: 'valid' });
      return ok({ outcome: 'refused', why: behaviour.refusesBecause, message: 'No such key' });
    },
    async checkCredential() {
      requests.push('checkCredential');
      return done;
    },
    ownKeyId: async () => ok(behaviour.ownKeyId),
    options: async () => ok([]),
    scopes: async () => ok([]),
    checkForm(key: SecretFields) {
      const value = key.API_KEY?.reveal() ?? '';
      if (value === '') return fail(failure('field-missing', { field: 'API_KEY' }));
      if (value.startsWith('sk_live_')) {
        return fail(failure('key-of-other-environment', { field: 'API_KEY', environment: 'live' }));
      }
      return usualForm.test(value) ? done : fail(failure('key-form-unusual', { field: 'API_KEY' }));
    },
    signedSample: (key) => ok(`curl -H 'X-Signature: ${key.API_KEY?.reveal().length}'`),
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
    works: (secret) => bySecret(secret)?.active === true || isInGrace(secret),
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
    revokeByHand(id) {
      const key = keys.find((one) => one.id === id);
      if (key?.active) server.onRevoke(key);
      if (key !== undefined) key.active = false;
    },
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
