import type { VaultState } from '../../shared/domain/vault.ts';
import type { OpenFailure } from './vault-keeper.ts';

/** The state that a failure to open leaves the vault in. */
export function stateAfter(cause: OpenFailure): VaultState {
  switch (cause.code) {
    case 'keychain-absent':
      return { state: 'absent', detail: cause.detail };
    case 'keychain-locked':
    case 'passphrase-wrong':
    case 'passphrase-too-short':
      return { state: 'locked' };
    case 'keychain-denied':
      return { state: 'denied' };
    case 'keychain-unanswered':
      return { state: 'unanswered', seconds: cause.seconds };
    case 'keychain-foreign':
      return { state: 'foreign' };
    case 'storage-failed':
      return { state: 'damaged', detail: `${cause.file}: ${cause.reason}` };
    case 'secret-unreadable':
      return { state: 'damaged', detail: cause.reason };
    case 'secret-gone':
    case 'secret-too-big':
    case 'secret-not-storable':
      return { state: 'damaged', detail: cause.code };
  }
}
