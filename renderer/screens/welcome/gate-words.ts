import type { VaultStatus } from '../../../shared/domain/vault.ts';

/** What the first screen says of a vault that is not open, and which ways through it are offered. */
export interface GateWords {
  readonly title: string;
  readonly body: string;
  readonly next: string;
  /** `passphrase`: choose sealed files; `unlock`: type their passphrase; `keychain`: set up in the keychain. */
  readonly ways: readonly ('keychain' | 'retry' | 'passphrase' | 'unlock')[];
}

type Closed = Exclude<VaultStatus['vault'], { state: 'open' } | { state: 'opening' }>;

/** The words of every state but `open` and `opening`. Nothing is ever overwritten in any of them, and they say so. */
export function gateWords(status: VaultStatus, vault: Closed): GateWords {
  const keychain = status.backend === '' ? 'the system’s keychain' : status.backend;
  switch (vault.state) {
    case 'unset':
      return unsetWords(vault, keychain);
    case 'locked':
      return status.store === 'sealed-files' && status.lockedBy === 'passphrase'
        ? {
            title: 'The vault is locked',
            body: 'Your keys are in encrypted files on this computer. The passphrase opens them.',
            next: '',
            ways: ['unlock'],
          }
        : {
            title: 'The keychain is locked',
            body: `Your keys are in ${keychain}, and it is locked. Nothing is lost and nothing was changed.`,
            next: 'Unlock it, here or in the system, and Keyturn goes on.',
            ways: ['retry'],
          };
    case 'absent':
      return {
        title: 'The keychain is not there',
        body: sentence(
          `Your keys are in ${keychain}, which does not answer. Keyturn does not start an empty vault in its place`,
          vault.detail,
        ),
        next: 'Start the keychain service, then try again.',
        ways: ['retry'],
      };
    case 'denied':
      return {
        title: 'The keychain refused access',
        body: `Your keys are in ${keychain}. The system or a person said no when Keyturn asked for them. Nothing was changed.`,
        next: 'Try again and allow the access when you are asked.',
        ways: ['retry'],
      };
    case 'unanswered':
      return {
        title: 'The keychain does not answer',
        body: `Keyturn waited ${vault.seconds} seconds for ${keychain}. It may be asking for its password in another window.`,
        next: 'Answer its question, then try again.',
        ways: ['retry'],
      };
    case 'foreign':
      return {
        title: 'This is another keychain',
        body: `${capital(keychain)} answers, but it is not the one that this vault was made with. That happens when a home folder is restored without its keychain. Nothing in it was changed.`,
        next: 'Restore the keychain that belongs to this vault, then try again.',
        ways: ['retry'],
      };
    case 'damaged':
      return {
        title: 'The vault is damaged',
        body: sentence(
          'A file of the vault cannot be read as it was written. It was set aside, not overwritten',
          vault.detail,
        ),
        next: 'Restore the file from a backup, then try again.',
        ways: ['retry'],
      };
  }
}

function unsetWords(vault: Extract<Closed, { state: 'unset' }>, keychain: string): GateWords {
  const choice = 'You can keep keys in encrypted files on this computer instead, opened by a passphrase.';
  switch (vault.keychain) {
    case 'present':
      return {
        title: 'Where should keys be kept?',
        body: `Keyturn keeps every key in ${keychain}. No account, no server, nothing leaves this computer.`,
        next: '',
        ways: ['keychain'],
      };
    case 'absent':
      return {
        title: 'No keychain answers here',
        body: sentence('Keyturn keeps keys in the system’s keychain, and found none', vault.detail),
        next: `Start a keychain and try again. ${choice}`,
        ways: ['passphrase', 'retry'],
      };
    case 'locked':
      return {
        title: 'The keychain is locked',
        body: sentence(`Keyturn keeps keys in ${keychain}, and it is locked`, vault.detail),
        next: `Unlock it and try again. ${choice}`,
        ways: ['passphrase', 'retry'],
      };
    case 'denied':
      return {
        title: 'The keychain refused access',
        body: sentence(
          `Keyturn keeps keys in ${keychain}. The system or a person said no when it asked`,
          vault.detail,
        ),
        next: `Try again and allow it. ${choice}`,
        ways: ['passphrase', 'retry'],
      };
  }
}

function sentence(...parts: readonly string[]): string {
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => (/[.!?]$/.test(part) ? part : `${part}.`))
    .join(' ');
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
