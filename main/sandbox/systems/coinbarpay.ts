import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import {
  admitted,
  type HeldKey,
  headerOf,
  heldKeySchema,
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
const signedSchema = z.object({ service_client_id: z.string(), timestamp: z.number() });

/** How far the time in a signed request may be from the sandbox's. */
const toleranceMs = 5 * 60_000;

const answered = (data: unknown, status = 200): SandboxReply => ({ status, body: { success: true, data } });
const refused = ({ status, code, message }: Refusal): SandboxReply => ({
  status,
  body: { success: false, error_code: code, message },
});
const desk = keyDesk<State>('coinbarpay', refused);

const create = desk.managed('create', {
  method: 'POST',
  path: 'service/keys',
  changes: true,
  act(state, { request, environment, tools }) {
    const asked = creationSchema.safeParse(request.body);
    if (!asked.success) {
      const message = 'A key needs a name of up to 100 characters.';
      return refused({ status: 400, code: 'invalid_request', message });
    }
    // Longer than a block of SHA-256, so that its hash is enough to verify what it signed: see `isSignature`.
    const secret = `cbpay_${randomText(74, tools.random)}`;
    const key: HeldKey = {
      id: `svc_${randomText(20, tools.random)}`,
      name: asked.data.name,
      environment,
      hash: hashOf(secret),
      last4: secret.slice(-4),
      createdAt: tools.clock(),
      lastUsedAt: null,
      revokedAt: null,
    };
    state.keys.push(key);
    const { id, name } = key;
    const data = { service_client_id: id, service_secret_key: secret, name };
    return answered({ ...data, created_at: written(key.createdAt) }, 201);
  },
});

const list = desk.managed('list', {
  method: 'GET',
  path: 'service/keys',
  changes: false,
  act(state, { environment }) {
    const keys = keysIn(state.keys, environment).filter((key) => key.revokedAt === null);
    return answered(
      keys.map(({ id, name, last4, createdAt, lastUsedAt }) => ({
        service_client_id: id,
        name,
        last4,
        created_at: written(createdAt),
        last_used_at: written(lastUsedAt),
      })),
    );
  },
});

const revoke = desk.managed('revoke', {
  method: 'DELETE',
  path: 'service/keys/:id',
  changes: true,
  act(state, { environment, id, tools }) {
    const key = keysIn(state.keys, environment).find((one) => one.id === id && one.revokedAt === null);
    if (key === undefined) return refused({ status: 404, code: 'not_found', message: 'No such key.' });
    key.revokedAt = tools.clock();
    return answered(null);
  },
});

/**
 * Whether a text is the lower-case hex HMAC-SHA256 of a body. The secret itself is not known here: HMAC puts the
 * SHA-256 of a key that is longer than 64 bytes in its place (RFC 2104), and that hash is what was kept.
 */
function isSignature(signature: string, body: string, hash: string): boolean {
  const expected = createHmac('sha256', Buffer.from(hash, 'hex')).update(body).digest('hex');
  return (
    signature.length === expected.length && timingSafeEqual(Buffer.from(signature), Buffer.from(expected))
  );
}

const check = desk.open('check', {
  method: 'POST',
  path: 'coinbar/api/v2/pay/gateway/verify',
  changes: true,
  act(state, { request, environment, tools }) {
    const clientId = headerOf(request, 'cbpay-api-key');
    const key = state.keys.find((one) => one.id === clientId);
    const unknown = 'The SERVICE_CLIENT_ID, sent as "CBPAY-API-KEY", is not valid.';
    const found = admitted(key, environment, unknown);
    if (!found.ok) return refused(found.error);
    if (!isSignature(headerOf(request, 'signature'), request.text, found.value.hash)) {
      const message =
        'The SIGNATURE is not the lower-case hex HMAC-SHA256 of the body under the SERVICE_SECRET_KEY.';
      return refused({ status: 401, code: 'invalid_signature', message });
    }
    const signed = signedSchema.safeParse(request.body);
    if (!signed.success || signed.data.service_client_id !== clientId) {
      const message = 'The body must repeat the service_client_id and carry a timestamp in milliseconds.';
      return refused({ status: 400, code: 'invalid_request', message });
    }
    if (Math.abs(tools.clock() - signed.data.timestamp) > toleranceMs) {
      const message = 'The timestamp is more than five minutes off. Is the clock right?';
      return refused({ status: 401, code: 'stale_timestamp', message });
    }
    found.value.lastUsedAt = tools.clock();
    return answered({ service_client_id: clientId });
  },
});

/** CoinbarPay: an identifier and a secret that is never sent, but signs the exact body of every request. */
export const coinbarPay: SandboxSystem<State> = {
  id: 'coinbarpay',
  prefix: '/coinbarpay/',
  stateSchema,
  emptyState: () => ({ keys: [] }),
  operations: [create, list, revoke, check],
  notFound: desk.notFound,
};
