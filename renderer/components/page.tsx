import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { keepFocus } from './keep-focus.ts';
import styles from './page.module.css';

export interface PageProps {
  readonly title: string;
  /** A few words or a number beside the title. */
  readonly aside?: ReactNode;
  /** Buttons at the right, the primary one last. */
  readonly actions?: ReactNode;
  /** Search and filters, in a bar of their own below the title. */
  readonly toolbar?: ReactNode;
  /** `measure`: text and forms, kept to a readable width. `full`: lists that use all the room and scroll themselves. */
  readonly width?: 'measure' | 'full';
  readonly children: ReactNode;
}

/** A screen: its title, what can be done here, and the content below, which scrolls. */
export function Page({ title, aside, actions, toolbar, width = 'measure', children }: PageProps) {
  return (
    <div ref={keepFocus} className={styles.page}>
      <header className={styles.header}>
        <h1 className={styles.title}>{title}</h1>
        {aside !== undefined && <div className={styles.aside}>{aside}</div>}
        <div className={styles.actions}>{actions}</div>
      </header>
      {toolbar !== undefined && <div className={styles.toolbar}>{toolbar}</div>}
      {width === 'full' ? (
        <div className={styles.full}>{children}</div>
      ) : (
        <div className={styles.scroll}>
          <div className={cx(styles.measure)}>{children}</div>
        </div>
      )}
    </div>
  );
}
