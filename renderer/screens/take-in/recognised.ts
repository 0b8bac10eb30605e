import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import type { KeyturnContract } from '../../../shared/ipc/contract.ts';
import type { AnswerOf } from '../../../shared/ipc/define.ts';
import type { Belonging } from './draft.ts';

/** What main tells of a value by its form. */
export type Recognition = Extract<AnswerOf<KeyturnContract['keys.recognise']>, { ok: true }>['value'];

/** The providers that a value may be of, each once, with what its form tells beside that. */
export function belongings(
  { candidates }: Pick<Recognition, 'candidates'>,
  catalog: readonly ProviderSummary[],
): readonly Belonging[] {
  const found = new Map<string, Belonging>();
  for (const { providerId, field, environment } of candidates) {
    const provider = catalog.find(({ id }) => id === providerId);
    if (provider === undefined) continue;
    const before = found.get(providerId);
    // Two forms of the same provider that tell different environments tell none.
    const told = before === undefined || before.environment === environment ? environment : null;
    found.set(providerId, { provider, field: before?.field ?? field, environment: told });
  }
  return [...found.values()];
}

/** Why the form says what it says, in a sentence. */
export function becauseOf(found: readonly Belonging[]): string {
  const [only, ...others] = found;
  if (only === undefined)
    return 'Its form is not one that Keyturn knows. Choose the provider that issued it.';
  if (others.length > 0) {
    return `Its form fits ${found.length} providers. Choose the one that issued it.`;
  }
  const { provider, field, environment } = only;
  const kind = environment === null ? '' : `${environment} `;
  const label = provider.fields.length > 1 ? fieldLabel(provider, field) : null;
  return label === null
    ? `It has the form of a ${kind}key of ${provider.name}.`
    : `It has the form of the ${label} of a ${kind}key of ${provider.name}.`;
}

function fieldLabel(provider: ProviderSummary, name: string | null): string | null {
  return provider.fields.find((field) => field.name === name)?.label ?? null;
}
