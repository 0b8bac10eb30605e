import { z } from 'zod';
import { heldKeySchema, isHeld, keyNameSchema, newKey, written } from '../held-keys.ts';
import { headerOf, keyDesk, type Refusal } from '../key-desk.ts';
import type { SandboxReply, SandboxSystem } from '../system.ts';
import { hashOf, randomText } from '../tokens.ts';

const pairSchema = heldKeySchema.extend({ userHash: z.string() });
type Pair = z.infer<typeof pairSchema>;

const accountSchema = z.object({ trialEndsAt: z.number().nullable(), hasPlan: z.boolean() });
type Account = z.infer<typeof accountSchema>;

const stateSchema = z.object({
  accounts: z.object({ test: accountSchema, live: accountSchema }),
  keys: z.array(pairSchema),
});
type State = z.infer<typeof stateSchema>;

const trialMs = 20 * 86_400_000;
/** The one payment that there is to ask about. */
const payment = { session_id: 'sandbox-session', amount: '1.00', payment_status: 'Completed' };

const answered = (data: unknown, message: string, status = 200): SandboxReply => ({
  status,
  body: { status, success: true, message, data },
});
const refused = ({ status, code, message }: Refusal): SandboxReply => ({
  status,
  body: { status, success: false, code, message },
});
const desk = keyDesk<Pair, State>('resmic', refused);

function startTrial(account: Account, now: number): Refusal | null {
  if (account.trialEndsAt !== null) {
    const message = 'The trial was started before, and there is only one. Activate a plan.';
    return { status: 409, code: 'trial_used', message };
  }
  account.trialEndsAt = now + trialMs;
  return null;
}

/** Why the account may not have a new key, or null. */
function planRefusal({ trialEndsAt, hasPlan }: Account, now: number): Refusal | null {
  if (hasPlan || (trialEndsAt !== null && now < trialEndsAt)) return null;
  const message =
    trialEndsAt === null
      ? 'Generating a key needs an active plan or the 20-day trial. Start the trial, then refresh or sign in again.'
      : 'The 20-day trial has ended. Activate a plan, then refresh or sign in again.';
  return { status: 402, code: 'plan_required', message };
}

const create = desk.create({
  path: 'developer/keys',
  asked: z.strictObject({
    name: keyNameSchema,
    /** Gets the account what it lacks before the key is made. */
    start: z.enum(['as-it-is', 'trial', 'plan']).default('as-it-is'),
  }),
  otherwise: {
    status: 400,
    code: 'invalid_request',
    message: 'A key needs a name of up to 100 characters; "start" may be "trial" or "plan".',
  },
  make(state, { name, start }, call) {
    const { environment, tools } = call;
    const account = state.accounts[environment];
    const now = tools.clock();
    if (start === 'plan') account.hasPlan = true;
    const unstarted = start === 'trial' ? startTrial(account, now) : null;
    const refusal = unstarted ?? planRefusal(account, now);
    if (refusal !== null) return refused(refusal);
    const [apiKey, userId] = [`rsk_${randomText(40, tools.random)}`, `rsu_${randomText(24, tools.random)}`];
    const id = `rk_${randomText(12, tools.random)}`;
    state.keys.push({
      ...newKey({ id, name, secret: apiKey, environment, createdAt: now }),
      userHash: hashOf(userId),
    });
    const data = { id, name, API_KEY: apiKey, User_id: userId, created_at_utc: written(now) };
    return answered(data, 'Key generated. It is shown this once.', 201);
  },
});

const list = desk.list('developer/keys', (keys) =>
  answered(
    keys.map(({ id, name, last4, createdAt, lastUsedAt }) => ({
      id,
      name,
      last4,
      created_at_utc: written(createdAt),
      last_used_at_utc: written(lastUsedAt),
    })),
    'Keys.',
  ),
);

const revoke = desk.revoke('developer/keys/:id', () =>
  answered(null, 'Key revoked. Generate a new one and update your application.'),
);

const trial = desk.managed('trial', {
  method: 'POST',
  path: 'developer/trial',
  changes: true,
  act(state, { environment, tools }) {
    const account = state.accounts[environment];
    const refusal = startTrial(account, tools.clock());
    if (refusal !== null) return refused(refusal);
    return answered({ trial_ends_at_utc: written(account.trialEndsAt) }, 'The 20-day trial has started.');
  },
});

const plan = desk.managed('plan', {
  method: 'POST',
  path: 'developer/plan',
  changes: true,
  act(state, { environment }) {
    state.accounts[environment].hasPlan = true;
    return answered(null, 'The plan is active.');
  },
});

const check = desk.check({
  method: 'GET',
  path: 'api/v1/makepayment/payment-status',
  find: ({ keys }, { request }) =>
    keys.find(
      ({ hash, userHash }) =>
        isHeld(hash, headerOf(request, 'x-api-key')) && isHeld(userHash, headerOf(request, 'x-user-id')),
    ),
  unknown: 'The API key and the user id, sent as "x-api-key" and "x-user-id", are not a valid pair.',
  answer: (_pair, { request }) =>
    request.query.get('session_id') === payment.session_id
      ? answered(payment, 'Payment status.')
      : refused({ status: 404, code: 'session_not_found', message: 'No such payment session.' }),
});

const newAccount = (): Account => ({ trialEndsAt: null, hasPlan: false });

/** Resmic Pro: a pair that is shown once and sent in two headers; generating needs a plan or the 20-day trial. */
export const resmic: SandboxSystem<State> = {
  id: 'resmic',
  prefix: '/resmic/',
  stateSchema,
  emptyState: () => ({ accounts: { test: newAccount(), live: newAccount() }, keys: [] }),
  operations: [create, list, revoke, trial, plan, check],
  notFound: desk.notFound,
};
