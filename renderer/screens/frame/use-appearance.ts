import { useEffect } from 'react';
import { useSettings } from './use-status.ts';

/** Puts the chosen appearance on the page; without a choice the system's is followed. */
export function useAppearance(): void {
  const settings = useSettings();
  const appearance = settings.state === 'ready' ? settings.value.appearance : 'system';
  useEffect(() => {
    const page = document.documentElement;
    if (appearance === 'system') page.removeAttribute('data-appearance');
    else page.setAttribute('data-appearance', appearance);
  }, [appearance]);
}
