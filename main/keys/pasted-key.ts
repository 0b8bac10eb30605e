import { type Failure, failure } from '../../shared/domain/failure.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { FormFault, Provider } from '../providers/provider.ts';
import { Secret, type SecretFields } from '../secrets/secret.ts';
import type { Vault } from '../vault/vault.ts';
import type { KeyPorts } from './key-ports.ts';
import type { ProviderLookup } from './key-views.ts';

/** Why a pasted key is not taken. */
export type PastedFault = FormFault | Failure<'key-known'>;

/**
 * Looks at a pasted key and asks nobody: it is whole, of the connection's environment, looks as keys of the provider do
 * (`anyForm` takes one that does not), and the vault does not hold it yet. Answers it without the blanks around it.
 */
export function examinePasted(
  ports: Pick<KeyPorts, 'records' | 'journal' | 'fingerprint'>,
  provider: Pick<Provider, 'checkForm'>,
  typed: SecretFields,
  anyForm: boolean,
): Result<SecretFields, PastedFault> {
  const key = withoutBlanks(typed);
  const form = provider.checkForm(key);
  if (!form.ok && !(anyForm && form.error.code === 'key-form-unusual')) return form;
  const known = holderOf(ports, key);
  return known === null ? ok(key) : fail(failure('key-known', { name: known.name }));
}

/** The living key of the vault that has the value as one of its secret fields; null when there is none. */
export function knownKey(
  { records, ports }: Pick<Vault, 'records' | 'ports'>,
  providerOf: ProviderLookup,
  value: Secret,
): KeyRecord | null {
  const wanted = ports.fingerprint(value);
  const candidates = records.keys
    .all()
    .filter((key) => key.revokedAt === null && key.fields.some((field) => field.fingerprint === wanted));
  const isSecretIn = (key: KeyRecord): boolean => {
    const provider = providerOf(records.connections.get(key.connectionId)?.providerId ?? '');
    return key.fields.some((field) => {
      const known = provider?.fields.find((one) => one.name === field.name);
      return field.fingerprint === wanted && (known?.secret ?? field.secret);
    });
  };
  return candidates.find(isSecretIn) ?? null;
}

/**
 * The key of the vault that has all of these values, unless it is revoked. A key that shares only its public part with
 * another, such as the account's number, is a key of its own.
 */
function holderOf(
  ports: Pick<KeyPorts, 'records' | 'journal' | 'fingerprint'>,
  key: SecretFields,
): KeyRecord | null {
  const wanted = Object.values(key).map(ports.fingerprint);
  const beingMade = ports.journal.unfinished().flatMap((work) => work.newKey ?? []);
  const holds = (record: KeyRecord): boolean => {
    const held = record.fields.map((field) => field.fingerprint);
    return record.revokedAt === null && wanted.every((fingerprint) => held.includes(fingerprint));
  };
  if (wanted.length === 0) return null;
  return [...ports.records.keys.all(), ...beingMade].find(holds) ?? null;
}

/** Blanks around a value come from copying it. A value of several lines keeps the end of its last one. */
export function withoutBlanks(typed: SecretFields): SecretFields {
  const trimmed = Object.entries(typed).map(([name, value]): [string, string] => {
    const text = value.reveal();
    return [name, text.trim().includes('\n') ? text : text.trim()];
  });
  return Object.fromEntries(
    trimmed.filter(([, text]) => text !== '').map(([name, text]) => [name, new Secret(text)]),
  );
}
