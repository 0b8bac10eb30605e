import { z } from 'zod';
import { type HeldKey, heldKeySchema, isHeld, keyNameSchema, newKey, written } from '../held-keys.ts';
import { bearerToken } from '../http.ts';
import { keyDesk, type Refusal } from '../key-desk.ts';
import type { SandboxReply, SandboxSystem } from '../system.ts';
import { randomText } from '../tokens.ts';

const stateSchema = z.object({ keys: z.array(heldKeySchema) });
type State = z.infer<typeof stateSchema>;

const refused = ({ status, code, message }: Refusal): SandboxReply => ({
  status,
  body: { error: { code, message } },
});
const desk = keyDesk<HeldKey, State>('paygentic', refused);

const described = ({ id, name, last4, createdAt, lastUsedAt }: HeldKey) => ({
  id,
  name,
  lastFour: last4,
  createdAt: written(createdAt),
  lastUsedAt: written(lastUsedAt),
});

const create = desk.create({
  path: 'v0/api-keys',
  asked: z.strictObject({ name: keyNameSchema }),
  otherwise: {
    status: 400,
    code: 'invalid_request',
    message: 'A key needs a descriptive name of up to 100 characters.',
  },
  make(state, { name }, call) {
    const { environment, tools } = call;
    const secret = `sk_${environment}_${randomText(40, tools.random)}`;
    const key = newKey({
      id: `apikey_${randomText(16, tools.random)}`,
      name,
      secret,
      environment,
      createdAt: tools.clock(),
    });
    state.keys.push(key);
    return { status: 201, body: { ...described(key), key: secret } };
  },
});

const list = desk.list('v0/api-keys', (keys) => ({
  status: 200,
  body: { object: 'list', data: keys.map(described) },
}));

const revoke = desk.revoke('v0/api-keys/:id', (id) => ({ status: 200, body: { id, revoked: true } }));

const check = desk.check({
  method: 'GET',
  path: 'v0/me',
  find: ({ keys }, { request }) => keys.find(({ hash }) => isHeld(hash, bearerToken(request.headers) ?? '')),
  unknown: 'The API key is not valid. Send it as "Authorization: Bearer".',
  answer: ({ id, environment }) => ({ status: 200, body: { apiKeyId: id, environment } }),
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
