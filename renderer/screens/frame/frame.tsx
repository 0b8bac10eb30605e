import type { ReactNode } from 'react';
import styles from './frame.module.css';

export interface FrameProps {
  readonly sidebar: ReactNode;
  /** What must be known wherever one is; null when there is nothing. */
  readonly banner: ReactNode;
  readonly children: ReactNode;
}

/** The window: the sidebar and the screen. */
export function Frame({ sidebar, banner, children }: FrameProps) {
  return (
    <div className={styles.frame}>
      {sidebar}
      <div className={styles.content}>
        {banner}
        <main className={styles.screen}>{children}</main>
      </div>
    </div>
  );
}
