import { cx } from './cx.ts';
import styles from './kbd.module.css';

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** A key or a combination, such as `Mod+K`; `Mod` reads ⌘ on a Mac and Ctrl elsewhere. */
export function Kbd({ keys }: { readonly keys: string }) {
  const parts = keys.split('+').map((part) => (part === 'Mod' ? modifier() : part));
  return <kbd className={cx(styles.kbd)}>{parts.join(isMac ? '' : ' ')}</kbd>;
}

const modifier = () => (isMac ? '⌘' : 'Ctrl');
