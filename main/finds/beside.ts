import type { ProviderSummary } from '../../shared/domain/provider.ts';
import type { KnownProviders } from './candidates.ts';
import type { LoadedFile } from './load-file.ts';
import { fitOfName } from './name-match.ts';
import type { FoundVariable } from './variables-in.ts';

/**
 * The variables of a file that seem to hold the other fields of the key whose `field` stands at `at`, by the field's
 * name: the one that is called alike with the same words around, then by its name, then by how its value looks.
 */
export function fieldsBeside(
  known: Pick<KnownProviders, 'recognise'>,
  { variables }: LoadedFile,
  at: FoundVariable,
  provider: ProviderSummary,
  field: string,
): Record<string, FoundVariable> {
  const own = provider.fields.find(({ name }) => name === field)?.variable ?? '';
  const left = variables.filter((one) => one.variable !== at.variable && isValue(one.value.reveal()));
  const found = provider.fields
    .filter(({ name }) => name !== field)
    .flatMap((other): [string, FoundVariable][] => {
      const alike = at.variable.includes(own) ? at.variable.replace(own, other.variable) : other.variable;
      const looksSo = (one: FoundVariable) =>
        known
          .recognise(one.value)
          .some((candidate) => candidate.providerId === provider.id && candidate.field === other.name);
      const isCalledSo = (one: FoundVariable) =>
        ['exact', 'within'].includes(fitOfName(one.variable, provider, other));
      const one =
        left.findLast(({ variable }) => variable === alike) ??
        left.findLast(isCalledSo) ??
        left.findLast(looksSo);
      return one === undefined ? [] : [[other.name, one]];
    });
  return Object.fromEntries(found);
}

/** A field that is not secret may be short, but stands for nothing else. */
const isValue = (text: string) => text.trim() !== '' && !/^[<${]|\$\{/.test(text);
