import { useEffect, useState } from 'react';
import type { PutBack, SetAsideView } from '../../../shared/domain/vault.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';

/** What came of putting one file back. */
export type PuttingBack =
  | { readonly step: 'idle' }
  | { readonly step: 'running'; readonly file: string }
  | { readonly step: 'ended'; readonly file: string; readonly came: PutBack }
  | { readonly step: 'failed'; readonly failure: PageFailure };

/** The damaged files that were kept, and putting back what can still be read of them. */
export function useSetAside(): {
  readonly files: readonly SetAsideView[];
  readonly putting: PuttingBack;
  readonly putBack: (file: string) => void;
} {
  const [files, setFiles] = useState<readonly SetAsideView[]>([]);
  const [putting, setPutting] = useState<PuttingBack>({ step: 'idle' });
  const read = async () => {
    const answer = await api.call('vault.setAside', {});
    if (answer.ok) setFiles(answer.value.files);
    else setPutting({ step: 'failed', failure: answer.error });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once, when it is first shown
  useEffect(() => void read(), []);
  const putBack = async (file: string) => {
    setPutting({ step: 'running', file });
    const answer = await api.call('vault.putBack', { file });
    setPutting(
      answer.ok ? { step: 'ended', file, came: answer.value } : { step: 'failed', failure: answer.error },
    );
    await read();
  };
  return { files, putting, putBack: (file) => void putBack(file) };
}
