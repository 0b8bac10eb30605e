import type { Environment } from '../../../shared/domain/key.ts';
import { EnvironmentBadge } from '../../components/badge.tsx';
import styles from './generate-key.module.css';

/** What the environment of a key means for whoever uses it. */
export function EnvironmentWords({ environment }: { readonly environment: Environment }) {
  return (
    <p className={styles.help}>
      <EnvironmentBadge environment={environment} />{' '}
      {environment === 'live'
        ? 'This key does real things at the provider.'
        : 'This key only rehearses; nothing real happens with it.'}
    </p>
  );
}
