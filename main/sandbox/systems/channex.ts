import { z } from 'zod';
import { type HeldKey, heldKeySchema, isHeld, keyNameSchema, keysIn, newKey, written } from '../held-keys.ts';
import { headerOf, keyDesk, noSuchKey, type Refusal } from '../key-desk.ts';
import type { SandboxReply, SandboxSystem } from '../system.ts';
import { randomText } from '../tokens.ts';

const stateSchema = z.object({
  isSubscribed: z.object({ test: z.boolean(), live: z.boolean() }),
  keys: z.array(heldKeySchema),
});
type State = z.infer<typeof stateSchema>;

const pageSize = 100;

const answered = (data: unknown, meta: object = {}, status = 200): SandboxReply => ({
  status,
  body: { data, meta },
});
const refused = ({ status, code, message }: Refusal): SandboxReply => ({
  status,
  body: { errors: { code, title: message } },
});
const desk = keyDesk<HeldKey, State>('channex', refused);

const described = ({ id, name, last4, createdAt, lastUsedAt, revokedAt }: HeldKey) => ({
  type: 'api_key',
  id,
  attributes: {
    title: name,
    last4,
    is_active: revokedAt === null,
    inserted_at: written(createdAt),
    last_used_at: written(lastUsedAt),
  },
});

const create = desk.create({
  path: 'api/v1/api_keys',
  /** Wrapped in the name of what is written, as everything that is sent to it. */
  asked: z.strictObject({
    api_key: z.strictObject({
      title: keyNameSchema,
      /** Subscribes before the key is made. */
      start: z.enum(['as-it-is', 'subscription']).default('as-it-is'),
    }),
  }),
  otherwise: {
    status: 422,
    code: 'validation_error',
    message: 'A key needs a title of up to 100 characters; "start" may be "subscription".',
  },
  make(state, { api_key: { title, start } }, call) {
    const { environment, tools } = call;
    if (start === 'subscription') state.isSubscribed[environment] = true;
    if (!state.isSubscribed[environment]) {
      const message =
        'Creating an API key needs an active subscription. Subscribe, then refresh or sign out and in again.';
      return refused({ status: 402, code: 'subscription_required', message });
    }
    const secret = Buffer.from(tools.random(48)).toString('base64');
    const key = newKey({
      id: randomText(20, tools.random),
      name: title,
      secret,
      environment,
      createdAt: tools.clock(),
    });
    state.keys.push(key);
    const { attributes, ...data } = described(key);
    return answered({ ...data, attributes: { ...attributes, key: secret } }, {}, 201);
  },
});

/** The list holds withdrawn keys too, and comes in pages. */
const list = desk.managed('list', {
  method: 'GET',
  path: 'api/v1/api_keys',
  changes: false,
  act(state, { request, environment }) {
    const page = Number(request.query.get('page') ?? 1);
    if (!Number.isInteger(page) || page < 1) {
      return refused({ status: 422, code: 'validation_error', message: 'Pages are counted from 1.' });
    }
    const keys = keysIn(state.keys, environment);
    const shown = keys.slice((page - 1) * pageSize, page * pageSize);
    return answered(shown.map(described), { total: keys.length, limit: pageSize, page });
  },
});

/** A withdrawn key stays where it is, disabled; withdrawing it again changes nothing. */
const withdraw = desk.managed('revoke', {
  method: 'POST',
  path: 'api/v1/api_keys/:id/withdraw',
  changes: true,
  act(state, { environment, id, tools }) {
    const key = keysIn(state.keys, environment).find((one) => one.id === id);
    if (key === undefined) return refused(noSuchKey);
    key.revokedAt ??= tools.clock();
    return answered(described(key));
  },
});

const subscribe = desk.managed('subscribe', {
  method: 'POST',
  path: 'api/v1/subscription',
  changes: true,
  act(state, { environment }) {
    state.isSubscribed[environment] = true;
    return answered({ type: 'subscription', attributes: { is_active: true } });
  },
});

const check = desk.check({
  method: 'GET',
  path: 'api/v1/properties',
  find: ({ keys }, { request }) => keys.find(({ hash }) => isHeld(hash, headerOf(request, 'user-api-key'))),
  unknown: 'The API key is not valid. Send it as "user-api-key".',
  answer: () => answered([], { total: 0, limit: pageSize, page: 1 }),
});

/** Channex: one header, a base64 key, and *Withdraw*, which disables a key and leaves it in the list. */
export const channex: SandboxSystem<State> = {
  id: 'channex',
  prefix: '/channex/',
  stateSchema,
  emptyState: () => ({ isSubscribed: { test: false, live: false }, keys: [] }),
  operations: [create, list, withdraw, subscribe, check],
  notFound: desk.notFound,
};
