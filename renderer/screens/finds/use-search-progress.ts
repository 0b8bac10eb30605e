import { useEffect, useState } from 'react';
import type { SearchProgress } from '../../../shared/ipc/search.contract.ts';
import { api } from '../../api/client.ts';

/** How far the search through a folder has come; null while none runs. */
export function useSearchProgress(): SearchProgress | null {
  const [progress, setProgress] = useState<SearchProgress | null>(null);
  useEffect(() => api.on('search.progress', setProgress), []);
  return progress;
}
