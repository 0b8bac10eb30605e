import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type HeldKey, heldKeySchema, keyNameSchema, newKey, written } from '../held-keys.ts';
import { headerOf, keyDesk, type Refusal } from '../key-desk.ts';
import type { SandboxReply, SandboxSystem } from '../system.ts';
import { randomText } from '../tokens.ts';

const stateSchema = z.object({ keys: z.array(heldKeySchema) });
type State = z.infer<typeof stateSchema>;

const signedSchema = z.object({ service_client_id: z.string(), timestamp: z.number() });

/** How far the time in a signed request may be from the sandbox's. */
const toleranceMs = 5 * 60_000;

const answered = (data: unknown, status = 200): SandboxReply => ({ status, body: { success: true, data } });
const refused = ({ status, code, message }: Refusal): SandboxReply => ({
  status,
  body: { success: false, error_code: code, message },
});
const desk = keyDesk<HeldKey, State>('coinbarpay', refused);

const create = desk.create({
  path: 'service/keys',
  asked: z.strictObject({ name: keyNameSchema }),
  otherwise: { status: 400, code: 'invalid_request', message: 'A key needs a name of up to 100 characters.' },
  make(state, { name }, call) {
    const { environment, tools } = call;
    const { random } = tools;
    // Longer than a block of SHA-256, so that its hash is enough to verify what it signed: see `isSignature`.
    const secret = `cbpay_${randomText(74, random)}`;
    const key = newKey({
      id: `svc_${randomText(20, random)}`,
      name,
      secret,
      environment,
      createdAt: tools.clock(),
    });
    state.keys.push(key);
    const data = { service_client_id: key.id, service_secret_key: secret, name };
    return answered({ ...data, created_at: written(key.createdAt) }, 201);
  },
});

const list = desk.list('service/keys', (keys) =>
  answered(
    keys.map(({ id, name, last4, createdAt, lastUsedAt }) => ({
      service_client_id: id,
      name,
      last4,
      created_at: written(createdAt),
      last_used_at: written(lastUsedAt),
    })),
  ),
);

const revoke = desk.revoke('service/keys/:id', () => answered(null));

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

const check = desk.check({
  method: 'POST',
  path: 'coinbar/api/v2/pay/gateway/verify',
  find: ({ keys }, { request }) => keys.find(({ id }) => id === headerOf(request, 'cbpay-api-key')),
  unknown: 'The SERVICE_CLIENT_ID, sent as "CBPAY-API-KEY", is not valid.',
  answer({ id, hash }, { request, tools }) {
    if (!isSignature(headerOf(request, 'signature'), request.text, hash)) {
      const message =
        'The SIGNATURE is not the lower-case hex HMAC-SHA256 of the body under the SERVICE_SECRET_KEY.';
      return refused({ status: 401, code: 'invalid_signature', message });
    }
    const signed = signedSchema.safeParse(request.body);
    if (!signed.success || signed.data.service_client_id !== id) {
      const message = 'The body must repeat the service_client_id and carry a timestamp in milliseconds.';
      return refused({ status: 400, code: 'invalid_request', message });
    }
    if (Math.abs(tools.clock() - signed.data.timestamp) > toleranceMs) {
      const message = 'The timestamp is more than five minutes off. Is the clock right?';
      return refused({ status: 401, code: 'stale_timestamp', message });
    }
    return answered({ service_client_id: id });
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
