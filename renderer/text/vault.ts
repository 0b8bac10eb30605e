import type { VaultStatus } from '../../shared/domain/vault.ts';

/** How the vault stands, for the status line: where the secrets are, and whether they can be reached. */
export function vaultLine(status: VaultStatus): { readonly text: string; readonly isWell: boolean } {
  const place = placeOf(status);
  switch (status.vault.state) {
    case 'opening':
      return { text: 'Opening the vault', isWell: true };
    case 'unset':
      return { text: 'No vault yet', isWell: false };
    case 'open':
      return { text: `${place}, unlocked`, isWell: true };
    case 'locked':
      return { text: `${place}, locked`, isWell: false };
    case 'absent':
      return { text: 'No keychain answers', isWell: false };
    case 'denied':
      return { text: 'The keychain refuses Keyturn', isWell: false };
    case 'unanswered':
      return { text: 'The keychain does not answer', isWell: false };
    case 'foreign':
      return { text: 'This keychain is not the vault’s', isWell: false };
    case 'damaged':
      return { text: 'The vault is damaged', isWell: false };
  }
}

/** Where secrets are kept, in a person's words. */
export function placeOf(status: VaultStatus): string {
  if (status.store === 'sealed-files') {
    return status.lockedBy === 'passphrase' ? 'Sealed files, passphrase' : 'Sealed files, keychain';
  }
  return status.backend === '' ? 'Keychain' : status.backend;
}
