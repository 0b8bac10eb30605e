import type { Attention } from '../../shared/domain/key.ts';

/** Why a key needs a person, and what the next step is. */
export interface AttentionWords {
  /** Two or three words, for a row. */
  readonly short: string;
  readonly title: string;
  readonly text: string;
  /** The next step, as the button that does it. */
  readonly action: 'open-work' | 'rotate' | 'write' | 'revoke' | 'check';
  readonly actionLabel: string;
}

const words: Record<Attention, AttentionWords> = {
  'outcome-unknown': {
    short: 'Outcome unknown',
    title: 'Nobody knows whether a new key was made',
    text: 'The provider’s answer was lost. Keyturn does not ask twice: look at what the provider lists, and revoke what was left there.',
    action: 'open-work',
    actionLabel: 'Look again',
  },
  'not-stored': {
    short: 'Not stored',
    title: 'The key could not be stored',
    text: 'The provider has issued it, the keychain did not take it, and it could not be revoked again. Revoke it, or save it while it is shown.',
    action: 'revoke',
    actionLabel: 'Revoke',
  },
  'not-verified': {
    short: 'Not accepted yet',
    title: 'The new key was not accepted',
    text: 'It is stored, but the provider does not accept it yet. The old key stays in place until it does.',
    action: 'open-work',
    actionLabel: 'Try again',
  },
  'targets-not-written': {
    short: 'Files not written',
    title: 'Not every file has the key',
    text: 'At least one file could not be written. The old key stays alive until all of them have the new one.',
    action: 'open-work',
    actionLabel: 'Try again',
  },
  'not-revoked': {
    short: 'Not revoked',
    title: 'The key is still alive',
    text: 'It should be revoked, but the provider still accepts it or could not be reached.',
    action: 'revoke',
    actionLabel: 'Revoke',
  },
  'refused-by-provider': {
    short: 'Refused',
    title: 'The provider refuses this key',
    text: 'It was revoked or changed somewhere else. Replace it, so that what uses it works again.',
    action: 'rotate',
    actionLabel: 'Rotate',
  },
  'secret-missing': {
    short: 'Value missing',
    title: 'The key’s value is not in the keychain',
    text: 'Its record is here and its value is not. Nothing was deleted by Keyturn. Replace it to have a value again.',
    action: 'rotate',
    actionLabel: 'Rotate',
  },
};

/** The words and the next step for a key that needs a person. */
export const attentionWords = (attention: Attention): AttentionWords => words[attention];
