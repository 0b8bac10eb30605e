import type { ClipboardEvent, DragEvent } from 'react';
import { cx } from './cx.ts';
import styles from './secret-text.module.css';

/**
 * A value in the one reveal: groups of four with alternating shade. It cannot be selected, dragged or copied
 * as text, because what leaves by those ways is never cleared again; the Copy button is the way.
 */
export function SecretText({ value, label }: { readonly value: string; readonly label: string }) {
  const refuse = (event: ClipboardEvent | DragEvent) => event.preventDefault();
  return (
    <output
      aria-label={label}
      className={cx('mono', styles.secret)}
      onCopy={refuse}
      onCut={refuse}
      onDragStart={refuse}
      translate="no"
    >
      {groupsOfFour(value).map(({ at, text }) => (
        <span key={at} className={styles.group}>
          {text}
        </span>
      ))}
    </output>
  );
}

/** The value in pieces of four characters, each with where it starts; characters are never cut in half. */
export function groupsOfFour(value: string): { readonly at: number; readonly text: string }[] {
  const characters = [...value];
  const groups: { at: number; text: string }[] = [];
  for (let at = 0; at < characters.length; at += 4) {
    groups.push({ at, text: characters.slice(at, at + 4).join('') });
  }
  return groups;
}
