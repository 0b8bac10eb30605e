import type { Environment, KeyRequest } from '../../shared/domain/key.ts';
import type { SecretFields } from '../secrets/secret.ts';
import type { Inputs, InputValue } from './templates.ts';

/** What the templates of a call are filled from. */
export interface InputSources {
  readonly environment: Environment;
  readonly settings: Readonly<Record<string, string>>;
  readonly credential: SecretFields;
  readonly answers?: SecretFields;
  readonly key?: SecretFields;
  readonly id?: string;
  /** Whether the id is the key's value. */
  readonly idIsSecret?: boolean;
  readonly label?: string;
  readonly request?: KeyRequest;
  readonly graceSeconds?: number;
}

/** Every input under the name that templates know it by. */
export function inputsOf(sources: InputSources): Inputs {
  const inputs = new Map<string, InputValue>([['environment', sources.environment]]);
  for (const [name, value] of Object.entries(sources.settings)) inputs.set(`setting.${name}`, value);
  const secrets = { credential: sources.credential, answer: sources.answers, key: sources.key };
  for (const [prefix, fields] of Object.entries(secrets)) {
    for (const [name, secret] of Object.entries(fields ?? {}))
      inputs.set(`${prefix}.${name}`, secret.reveal());
  }
  inputs.set('id', sources.id ?? null);
  if (sources.idIsSecret === true) inputs.set('secret.id', sources.id ?? null);
  inputs.set('request.name', sources.label ?? null);
  inputs.set('request.scopes', sources.request?.scopes ?? null);
  inputs.set('request.expiry', sources.request?.expiresInDays ?? null);
  const { graceSeconds = null } = sources;
  inputs.set('request.graceSeconds', graceSeconds);
  inputs.set('request.graceMinutes', graceSeconds === null ? null : Math.floor(graceSeconds / 60));
  for (const kind of ['ips', 'referrers', 'endpoints'] as const) {
    inputs.set(`request.${kind}`, sources.request?.restrictions[kind] ?? null);
  }
  return inputs;
}

/** The instant of a call, in the ways in which it is written. Signed requests carry it, so a repeated one is told anew. */
export function withNow(inputs: Inputs, now: number): Inputs {
  return new Map([
    ...inputs,
    ['now.unix-seconds', Math.floor(now / 1000)],
    ['now.unix-milliseconds', now],
    ['now.rfc3339', new Date(now).toISOString()],
  ]);
}

/** The secrets among the inputs. */
export function secretsIn(inputs: Inputs): string[] {
  return [...inputs].flatMap(([name, value]) =>
    /^(credential|answer|key|exchanged|secret)\./.test(name) && typeof value === 'string' ? [value] : [],
  );
}
