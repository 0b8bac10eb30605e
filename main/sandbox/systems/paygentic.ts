import { z } from 'zod';
import { bearerToken } from '../http.ts';
import {
  admitted,
  type HeldKey,
  heldKeySchema,
  isHeld,
  keyDesk,
  keyNameSchema,
  keysIn,
  type Refusal,
  written,
} from '../key-desk.ts';
import type { SandboxReply, SandboxSystem } from '../system.ts';
import { hashOf, randomText } from '../tokens.ts';

const stateSchema = z.object({ keys: z.array(heldKeySchema) });
type State = z.infer<typeof stateSchema>;

const creationSchema = z.strictObject({ name: keyNameSchema });

const refused = ({ status, code, message }: Refusal): SandboxReply => ({
  status,
  body: { error: { code, message } },
});
const desk = keyDesk<State>('paygentic', refused);

const described = ({ id, name, last4, createdAt, lastUsedAt }: HeldKey) => ({
  id,
  name,
  lastFour: last4,
  createdAt: written(createdAt),
  lastUsedAt: written(lastUsedAt),
});

const create = desk.managed('create', {
  method: 'POST',
  path: 'v0/api-keys',
  changes: true,
  act(state, { request, environment, tools }) {
    const asked = creationSchema.safeParse(request.body);
    if (!asked.success) {
      const message = 'A key needs a descriptive name of up to 100 characters.';
      return refused({ status: 400, code: 'invalid_request', message });
    }
    const secret = `sk_${environment}_${randomText(40, tools.random)}`;
    const key: HeldKey = {
      id: `apikey_${randomText(16, tools.random)}`,
      name: asked.data.name,
      environment,
      hash: hashOf(secret),
      last4: secret.slice(-4),
      createdAt: tools.clock(),
      lastUsedAt: null,
      revokedAt: null,
    };
    state.keys.push(key);
    return { status: 201, body: { ...described(key), key: secret } };
  },
});

const list = desk.managed('list', {
  method: 'GET',
  path: 'v0/api-keys',
  changes: false,
  act(state, { environment }) {
    const keys = keysIn(state.keys, environment).filter((key) => key.revokedAt === null);
    return { status: 200, body: { object: 'list', data: keys.map(described) } };
  },
});

const revoke = desk.managed('revoke', {
  method: 'DELETE',
  path: 'v0/api-keys/:id',
  changes: true,
  act(state, { environment, id, tools }) {
    const key = keysIn(state.keys, environment).find((one) => one.id === id && one.revokedAt === null);
    if (key === undefined) return refused({ status: 404, code: 'not_found', message: 'No such API key.' });
    key.revokedAt = tools.clock();
    return { status: 200, body: { id, revoked: true } };
  },
});

const check = desk.open('check', {
  method: 'GET',
  path: 'v0/me',
  changes: true,
  act(state, { request, environment, tools }) {
    const token = bearerToken(request.headers) ?? '';
    const key = state.keys.find((one) => isHeld(one.hash, token));
    const unknown = 'The API key is not valid. Send it as "Authorization: Bearer".';
    const found = admitted(key, environment, unknown);
    if (!found.ok) return refused(found.error);
    found.value.lastUsedAt = tools.clock();
    return { status: 200, body: { apiKeyId: found.value.id, environment } };
  },
});

/** Paygentic: `sk_test_` and `sk_live_` keys, each for its own environment; a revoked one is refused at once. */
export const paygentic: SandboxSystem<State> = {
  id: 'paygentic',
  prefix: '/paygentic/',
  stateSchema,
  emptyState: () => ({ keys: [] }),
  operations: [create, list, revoke, check],
  notFound: desk.notFound,
};
