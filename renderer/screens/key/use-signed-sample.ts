import { useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';

/** A request that main has signed; it carries the signature and not the key. */
export type SignedSample =
  | { readonly state: 'none' }
  | { readonly state: 'making' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | { readonly state: 'made'; readonly text: string; readonly isCopied: boolean };

/** Has main sign a request and puts it on the clipboard. Must be keyed by the id. */
export function useSignedSample(id: KeyId): { readonly sample: SignedSample; readonly make: () => void } {
  const [sample, setSample] = useState<SignedSample>({ state: 'none' });
  const make = async () => {
    setSample({ state: 'making' });
    const answer = await api.call('keys.signedSample', { id });
    if (!answer.ok) {
      setSample({ state: 'failed', failure: answer.error });
      return;
    }
    const { text } = answer.value;
    setSample({ state: 'made', text, isCopied: await copy(text) });
  };
  return { sample, make: () => void make() };
}

/** A browser may refuse; the text stands on screen then, with a button of its own. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
