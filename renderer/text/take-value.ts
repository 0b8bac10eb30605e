import type { Grace } from '../../shared/domain/work.ts';
import { type StepName, stepNamesOf } from '../../shared/domain/work-steps.ts';
import type { KeyDetail } from '../../shared/ipc/keys.contract.ts';
import { type PageFailure, type Words, words } from './errors.ts';
import { followedFileWords } from './targets.ts';
import { stepWords } from './work.ts';

/** What taking a file's value will do, step by step, as the work will show it. `others`: how many other files the key has. */
export function takeValueSteps(
  provider: string,
  grace: Grace,
  others: number,
): { readonly name: StepName; readonly words: string }[] {
  const work = { kind: 'rotate', origin: 'by-hand', provider, fromFile: true } as const;
  const more: Partial<Record<StepName, string>> = {
    create: `${provider} is asked first whether it accepts it. If not, nothing changes.`,
    deliver: others === 0 ? 'There is none.' : '',
  };
  return stepNamesOf({ ...work, grace, state: { step: 'creating' } }).map((name) => ({
    name,
    words: [`${stepWords(work, name)}.`, more[name] ?? ''].join(' ').trim(),
  }));
}

/** Why a file's value was not taken for a key's new one, where the words for a pasted key would speak of pasting. */
export function takeValueWords(
  failure: PageFailure,
  key: Pick<KeyDetail, 'name' | 'provider' | 'fields'>,
): Words {
  const labelOf = (field: string): string => key.fields.find(({ name }) => name === field)?.label ?? field;
  switch (failure.code) {
    case 'key-known':
      return failure.name === key.name
        ? {
            title: 'The file holds this key already',
            body: 'Its value is the one in the vault. Nothing was changed.',
            next: 'Close this: the list of files is read again.',
          }
        : {
            title: 'The file holds another key of the vault',
            body: `Its value is the key “${failure.name}”. Nothing was changed.`,
            next: `Write again puts “${key.name}” back, or unlink the file here and let “${failure.name}” follow it.`,
          };
    case 'key-refused':
      return {
        title: `${key.provider} does not accept the value in the file`,
        body: `${failure.message.trim() === '' ? '' : `It says: “${failure.message.trim().replace(/\.$/, '')}”. `}Nothing was changed, and the old key works as before.`,
        next: 'Correct the value in the file, or put the key back with Write again.',
      };
    case 'field-missing':
      return {
        title: `The file has no value for ${labelOf(failure.field)}`,
        body: 'The key is not whole without it. Nothing was changed.',
        next: 'Add it to the file, or put the key back with Write again.',
      };
    case 'key-form-unusual':
      return {
        title: `${labelOf(failure.field)} in the file does not look like one of ${key.provider}`,
        body: 'Something may be missing at its beginning or end, or it belongs to another provider. Nothing was changed.',
        next: 'If you are sure, take it anyway: the provider is asked first whether it accepts it.',
      };
    case 'key-of-other-environment':
      return {
        title: `The file holds a ${failure.environment} key`,
        body: `“${key.name}” is a ${failure.environment === 'test' ? 'live' : 'test'} key. The value was not sent anywhere, and nothing was changed.`,
        next: 'Put the key back with Write again, or unlink the file.',
      };
    case 'file-tracked':
      return words(failure);
    default:
      return followedFileWords(failure);
  }
}
