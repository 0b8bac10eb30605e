import type { ListedKey } from '../../../shared/domain/provider.ts';

/** The name that the provider lists a key under; its id where it has none. */
export const nameOf = (listed: Pick<ListedKey, 'name' | 'providerKeyId'>): string =>
  listed.name === '' ? listed.providerKeyId : listed.name;
