import { z } from 'zod';
import {
  admitted,
  type HeldKey,
  headerOf,
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

const stateSchema = z.object({
  isSubscribed: z.object({ test: z.boolean(), live: z.boolean() }),
  keys: z.array(heldKeySchema),
});
type State = z.infer<typeof stateSchema>;

/** Wrapped in the name of what is written, as everything that is sent to it. */
const creationSchema = z.strictObject({
  api_key: z.strictObject({
    title: keyNameSchema,
    /** Subscribes before the key is made. */
    start: z.literal('subscription').optional(),
  }),
});

const pageSize = 100;

const answered = (data: unknown, meta: object = {}, status = 200): SandboxReply => ({
  status,
  body: { data, meta },
});
const refused = ({ status, code, message }: Refusal): SandboxReply => ({
  status,
  body: { errors: { code, title: message } },
});
const desk = keyDesk<State>('channex', refused);

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

const create = desk.managed('create', {
  method: 'POST',
  path: 'api/v1/api_keys',
  changes: true,
  act(state, { request, environment, tools }) {
    const asked = creationSchema.safeParse(request.body);
    if (!asked.success) {
      const message = 'A key needs a title of up to 100 characters; "start" may be "subscription".';
      return refused({ status: 422, code: 'validation_error', message });
    }
    const { title, start } = asked.data.api_key;
    if (start === 'subscription') state.isSubscribed[environment] = true;
    if (!state.isSubscribed[environment]) {
      const message =
        'Creating an API key needs an active subscription. Subscribe, then refresh or sign out and in again.';
      return refused({ status: 402, code: 'subscription_required', message });
    }
    const secret = Buffer.from(tools.random(48)).toString('base64');
    const key: HeldKey = {
      id: randomText(20, tools.random),
      name: title,
      environment,
      hash: hashOf(secret),
      last4: secret.slice(-4),
      createdAt: tools.clock(),
      lastUsedAt: null,
      revokedAt: null,
    };
    state.keys.push(key);
    const { attributes, ...data } = described(key);
    return answered({ ...data, attributes: { ...attributes, key: secret } }, {}, 201);
  },
});

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
    if (key === undefined) return refused({ status: 404, code: 'not_found', message: 'No such API key.' });
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

const check = desk.open('check', {
  method: 'GET',
  path: 'api/v1/properties',
  changes: true,
  act(state, { request, environment, tools }) {
    const key = state.keys.find((one) => isHeld(one.hash, headerOf(request, 'user-api-key')));
    const unknown = 'The API key is not valid. Send it as "user-api-key".';
    const found = admitted(key, environment, unknown);
    if (!found.ok) return refused(found.error);
    found.value.lastUsedAt = tools.clock();
    return answered([], { total: 0, limit: pageSize, page: 1 });
  },
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
