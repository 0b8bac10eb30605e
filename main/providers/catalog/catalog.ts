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

/** The definitions that come with the app. Loading this module throws when one is faulty, which its test finds first. */
export const catalog: readonly Definition[] = builtIn.map((data) => {
  const loaded = loadDefinition(data);
  if (loaded.ok) return loaded.value;
  const faults = loaded.error.map(({ at, message }) => `${at} ${message}`).join('; ');
  throw new Error(`The definition ${data.id} is faulty: ${faults}`);
});
