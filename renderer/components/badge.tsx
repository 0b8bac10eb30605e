import type { ReactNode } from 'react';
import type { Environment, KeyStatus } from '../../shared/domain/key.ts';
import { statusWords } from '../text/keys.ts';
import styles from './badge.module.css';
import { cx } from './cx.ts';

export type BadgeTone = 'neutral' | 'due-soon' | 'overdue' | 'attention' | 'done' | 'accent' | 'info';

/** One or two words about the thing beside it. */
export function Badge({
  tone = 'neutral',
  children,
}: {
  readonly tone?: BadgeTone;
  readonly children: ReactNode;
}) {
  return <span className={cx(styles.badge, styles[tone])}>{children}</span>;
}

/** `live` is filled, `test` is outlined, so that they differ without colour. */
export function EnvironmentBadge({ environment }: { readonly environment: Environment }) {
  return <span className={cx(styles.badge, styles[environment])}>{environment}</span>;
}

const statusTones: Record<KeyStatus, BadgeTone> = {
  active: 'neutral',
  rotating: 'accent',
  retiring: 'neutral',
  revoked: 'neutral',
  'needs-attention': 'attention',
};

/** Where a key is in its life. `Active` is the rule and stays plain text. */
export function StatusBadge({ status }: { readonly status: KeyStatus }) {
  const words = statusWords(status);
  if (status === 'active' || status === 'revoked') return <span className={styles.plain}>{words}</span>;
  return <Badge tone={statusTones[status]}>{words}</Badge>;
}
