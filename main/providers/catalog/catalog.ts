import type { Definition, DefinitionData } from '../definition.ts';
import { loadDefinition } from '../load-definition.ts';
import { anthropic } from './anthropic.ts';
import { bearerRest } from './bearer-rest.ts';
import { channex } from './channex.ts';
import { cloudflare } from './cloudflare.ts';
import { coinbarPay } from './coinbarpay.ts';
import { datadog } from './datadog.ts';
import { gitLab } from './gitlab.ts';
import { neon } from './neon.ts';
import { npmRegistry } from './npm-registry.ts';
import { openAiAdmin } from './openai-admin.ts';
import { openAiServiceAccount } from './openai-service-account.ts';
import { openRouter } from './openrouter.ts';
import { paygentic } from './paygentic.ts';
import { resend } from './resend.ts';
import { resmic } from './resmic.ts';
import { sandboxBearerRest } from './sandbox-bearer-rest.ts';
import { sandboxChannex } from './sandbox-channex.ts';
import { sandboxCoinbarPay } from './sandbox-coinbarpay.ts';
import { sandboxPaygentic } from './sandbox-paygentic.ts';
import { sandboxResmic } from './sandbox-resmic.ts';
import { sendGrid } from './sendgrid.ts';
import { stripe } from './stripe.ts';
import { twilio } from './twilio.ts';
import { vercel } from './vercel.ts';

/** In the order in which they are offered: what the sandbox plays first, then by name. */
const builtIn: readonly DefinitionData[] = [
  sandboxBearerRest,
  sandboxChannex,
  sandboxCoinbarPay,
  sandboxPaygentic,
  sandboxResmic,
  anthropic,
  bearerRest,
  channex,
  cloudflare,
  coinbarPay,
  datadog,
  gitLab,
  neon,
  npmRegistry,
  openAiServiceAccount,
  openAiAdmin,
  openRouter,
  paygentic,
  resend,
  resmic,
  sendGrid,
  stripe,
  twilio,
  vercel,
];

/** Their ids, in the order in which they are offered. */
export const builtInIds: readonly string[] = builtIn.map(({ id }) => id);

const dataById = new Map(builtIn.map((data) => [data.id, data]));
const readById = new Map<string, Definition>();

/**
 * A definition that comes with the app. Read when it is asked for first: a start needs those that have keys, and to read
 * all of them takes as long as to load the rest of the app. Throws when it is faulty, which its test finds first.
 */
export function builtInDefinition(id: string): Definition | undefined {
  const before = readById.get(id);
  if (before !== undefined) return before;
  const data = dataById.get(id);
  if (data === undefined) return undefined;
  const definition = read(data);
  readById.set(id, definition);
  return definition;
}

/** All definitions that come with the app. */
export const catalog = (): readonly Definition[] => builtInIds.flatMap((id) => builtInDefinition(id) ?? []);

function read(data: DefinitionData): Definition {
  const loaded = loadDefinition(data);
  if (loaded.ok) return loaded.value;
  const faults = loaded.error.map(({ at, message }) => `${at} ${message}`).join('; ');
  throw new Error(`The definition ${data.id} is faulty: ${faults}`);
}
