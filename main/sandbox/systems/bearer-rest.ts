import { z } from 'zod';
import { type Environment, environmentSchema } from '../../../shared/domain/key.ts';
import { bearerToken } from '../http.ts';
import type {
  ManagingSystem,
  SandboxOperation,
  SandboxReply,
  SandboxRequest,
  SandboxWorld,
} from '../system.ts';
import { hashOf, randomText } from '../tokens.ts';

const keySchema = z.object({
  id: z.string(),
  name: z.string(),
  environment: environmentSchema,
  hash: z.string(),
  last4: z.string(),
  scopes: z.array(z.string()).nullable(),
  restrictions: z.object({
    ips: z.array(z.string()),
    referrers: z.array(z.string()),
    endpoints: z.array(z.string()),
  }),
  createdAt: z.number(),
  expiresAt: z.number().nullable(),
  lastUsedAt: z.number().nullable(),
  revokedAt: z.number().nullable(),
});
type Key = z.infer<typeof keySchema>;

const hashesSchema = z.object({ test: z.string().nullable(), live: z.string().nullable() });

const stateSchema = z.object({
  managementHashes: hashesSchema,
  /** Of the tokens that were made for somebody by name, each beside the others. */
  hashesByHolder: z.record(z.string(), hashesSchema).default({}),
  keys: z.array(keySchema),
});
type State = z.infer<typeof stateSchema>;

const texts = z.array(z.string().min(1).max(200)).max(50).default([]);
const creationSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z
    .array(z.enum(['payments:read', 'payments:write', 'customers:read', 'customers:write']))
    .optional(),
  expires_in_days: z.int().min(1).max(365).optional(),
  restrictions: z.strictObject({ ips: texts, referrers: texts, endpoints: texts }).optional(),
});

const dayMs = 86_400_000;

const succeeded = (data: object, status = 200): SandboxReply => ({
  status,
  body: { success: true, ...data },
});
const refused = (status: number, code: string, message: string): SandboxReply => ({
  status,
  body: { success: false, error: { code, message } },
});

function environmentOf(state: State, token: string): Environment | null {
  const hash = hashOf(token);
  for (const hashes of [state.managementHashes, ...Object.values(state.hashesByHolder)]) {
    if (hashes.test === hash) return 'test';
    if (hashes.live === hash) return 'live';
  }
  return null;
}

/** Tells which environment a management token is for, or refuses. */
function managed(state: State, request: SandboxRequest): Environment | SandboxReply {
  const token = bearerToken(request.headers);
  if (token === null)
    return refused(401, 'missing_api_key', 'Send a management token as "Authorization: Bearer".');
  const environment = environmentOf(state, token);
  if (environment !== null) return environment;
  const hash = hashOf(token);
  return state.keys.some((key) => key.hash === hash)
    ? refused(403, 'permission_denied', 'An API key cannot manage API keys.')
    : refused(401, 'invalid_api_key', 'The management token is not valid.');
}

const prefixOf = (environment: Environment) => `sk_${environment}_`;
const written = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString());

function described(key: Key) {
  return {
    id: key.id,
    name: key.name,
    prefix: prefixOf(key.environment),
    last4: key.last4,
    created_at: written(key.createdAt),
    last_used: written(key.lastUsedAt),
    expires_at: written(key.expiresAt),
  };
}

const create: SandboxOperation<State> = {
  name: 'create',
  method: 'POST',
  path: /^\/v1\/api-keys$/,
  changes: true,
  act(state, request, _groups, { clock, random }) {
    const environment = managed(state, request);
    if (typeof environment === 'object') return environment;
    const asked = creationSchema.safeParse(request.body);
    if (!asked.success) {
      const [issue] = asked.error.issues;
      const place = issue === undefined || issue.path.length === 0 ? 'body' : issue.path.join('.');
      return refused(400, 'invalid_request', `${place}: ${issue?.message ?? 'not valid'}`);
    }
    const secret = prefixOf(environment) + randomText(32, random);
    const { name, scopes, expires_in_days: days, restrictions } = asked.data;
    const key: Key = {
      id: `key_${randomText(16, random)}`,
      name,
      environment,
      hash: hashOf(secret),
      last4: secret.slice(-4),
      scopes: scopes ?? null,
      restrictions: restrictions ?? { ips: [], referrers: [], endpoints: [] },
      createdAt: clock(),
      expiresAt: days === undefined ? null : clock() + days * dayMs,
      lastUsedAt: null,
      revokedAt: null,
    };
    state.keys.push(key);
    return succeeded({ data: { ...described(key), key: secret } }, 201);
  },
};

const list: SandboxOperation<State> = {
  name: 'list',
  method: 'GET',
  path: /^\/v1\/api-keys$/,
  changes: false,
  act(state, request) {
    const environment = managed(state, request);
    if (typeof environment === 'object') return environment;
    const limit = Number(request.query.get('limit') ?? 100);
    if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
      return refused(400, 'invalid_request', 'limit: 1 to 100');
    }
    const after = request.query.get('starting_after');
    // A key that was revoked between two pages still marks its place.
    const place = after === null ? -1 : state.keys.findIndex((key) => key.id === after);
    if (after !== null && place === -1) return refused(400, 'invalid_request', 'starting_after: no such key');
    const rest = state.keys
      .slice(place + 1)
      .filter((key) => key.environment === environment && key.revokedAt === null);
    return succeeded({ data: rest.slice(0, limit).map(described), has_more: rest.length > limit });
  },
};

const revoke: SandboxOperation<State> = {
  name: 'revoke',
  method: 'DELETE',
  path: /^\/v1\/api-keys\/([^/]+)$/,
  changes: true,
  act(state, request, [id], { clock }) {
    const environment = managed(state, request);
    if (typeof environment === 'object') return environment;
    const key = state.keys.find(
      (one) => one.id === id && one.environment === environment && one.revokedAt === null,
    );
    if (key === undefined) return refused(404, 'not_found', 'No such API key.');
    key.revokedAt = clock();
    return succeeded({ message: 'API key revoked.' });
  },
};

const check: SandboxOperation<State> = {
  name: 'check',
  method: 'GET',
  path: /^\/v1\/me$/,
  changes: true,
  act(state, request, _groups, { clock }) {
    const token = bearerToken(request.headers);
    if (token === null)
      return refused(401, 'missing_api_key', 'Send the API key as "Authorization: Bearer".');
    const hash = hashOf(token);
    const key = state.keys.find((one) => one.hash === hash);
    if (key === undefined) return refused(401, 'invalid_api_key', 'The API key is not valid.');
    if (key.revokedAt !== null) return refused(401, 'revoked_api_key', 'The API key was revoked.');
    if (key.expiresAt !== null && key.expiresAt <= clock()) {
      return refused(401, 'expired_api_key', 'The API key has expired.');
    }
    key.lastUsedAt = clock();
    const limit = limitOf(key, request);
    if (limit !== null) return refused(403, 'permission_denied', limit);
    const { id, name, environment, scopes } = key;
    return succeeded({ data: { id, name, environment, scopes } });
  },
};

/** Which of its restrictions keeps a key from this request, in words; null: none. */
function limitOf(key: Key, request: SandboxRequest): string | null {
  const { ips, referrers, endpoints } = key.restrictions;
  if (ips.length > 0 && !ips.includes(request.remoteAddress)) {
    return `The API key may not be used from ${request.remoteAddress}.`;
  }
  const referrer = String(request.headers.referer ?? '');
  if (referrers.length > 0 && !referrers.some((allowed) => referrer.startsWith(allowed))) {
    return 'The API key may not be used from this page.';
  }
  return endpoints.length > 0 && !endpoints.includes(request.path)
    ? `The API key may not be used for ${request.path}.`
    : null;
}

/** The generic key API: `sk_test_` and `sk_live_` keys over a bearer token, shown once, listed, revoked at once. */
export const bearerRest: ManagingSystem<State> = {
  id: 'bearer-rest',
  prefix: '/',
  stateSchema,
  emptyState: () => ({ managementHashes: { test: null, live: null }, hashesByHolder: {}, keys: [] }),
  operations: [create, list, revoke, check],
  issueManagementToken(state, { environment, holder }, { random }: SandboxWorld) {
    const token = `mgmt_${environment}_${randomText(32, random)}`;
    if (holder === null) {
      state.managementHashes[environment] = hashOf(token);
      return token;
    }
    const before = state.hashesByHolder[holder] ?? { test: null, live: null };
    state.hashesByHolder[holder] = { ...before, [environment]: hashOf(token) };
    return token;
  },
  environmentOf,
  notFound: () => refused(404, 'not_found', 'No such address.'),
};
