import { type Failure, failure } from '../../shared/domain/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { SecretFields } from '../secrets/secret.ts';
import type { Client } from './client.ts';
import type { Definition } from './definition.ts';
import { baseUrlOf } from './hosts.ts';
import { inputsOf } from './inputs.ts';
import type { Usage } from './operation.ts';
import { buildRequest } from './request.ts';
import { inSingleQuotes } from './snippets/shell.ts';
import { usageOf } from './snippets/usage-of.ts';
import type { Outgoing } from './transport.ts';

/**
 * A request signed with the key just now, as a curl command: with its signature and identifiers, and never with a field
 * that is secret. A provider whose requests are not signed, or carry a secret besides, has none.
 */
export function signedSample(
  { definition, facts }: Pick<Client, 'definition' | 'facts'>,
  key: SecretFields,
): Result<string, Failure<'operation-missing'>> {
  const none = fail(failure('operation-missing', { provider: definition.name, operation: 'sign' }));
  const usage = usageOf(definition);
  if (usage?.authentication.kind !== 'hmac' || usage.body.kind === 'multipart') return none;
  const base = baseUrlOf(definition, usage.host, facts);
  if (!base.ok || (usage.host === 'api' && base.value.origin !== facts.origin)) return none;
  if (carriesSecret(definition, usage)) return none;
  const { settings, environment } = facts;
  const request = buildRequest(usage, {
    base: base.value,
    authentication: usage.authentication,
    constantHeaders: definition.headers,
    inputs: inputsOf({ settings, environment, credential: {}, key }),
    page: null,
    now: facts.clock(),
  });
  if (!request.ok) return none;
  return ok(asCurl(request.value));
}

/** Whether a request names a field that is secret anywhere but as what signs it. */
function carriesSecret(definition: Definition, usage: Usage): boolean {
  const { authentication } = usage;
  const proof = authentication.kind === 'hmac' ? authentication.headers : authentication;
  const named = JSON.stringify([definition.headers, { ...usage, authentication: proof }]);
  const secrets = definition.fields.filter(({ secret }) => secret);
  return secrets.some(({ name }) => named.includes(`{key.${name}}`) || named.includes(`"key.${name}"`));
}

function asCurl({ method, url, headers, body }: Outgoing): string {
  const sent = Object.entries(headers).map(([name, value]) => `-H ${inSingleQuotes(`${name}: ${value}`)}`);
  const data = typeof body === 'string' ? [`--data-raw ${inSingleQuotes(body)}`] : [];
  return [`curl -X ${method} ${inSingleQuotes(url.href)}`, ...sent, ...data].join(' \\\n  ');
}
