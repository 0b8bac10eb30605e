import type { Target } from '../../../shared/domain/key.ts';
import { Section } from '../../components/section.tsx';
import styles from './rotation.module.css';

export interface TargetFilesProps {
  readonly targets: readonly Target[];
  /** What it means that there are none. */
  readonly none: string;
}

/** The files that a new key is about to be written to. */
export function TargetFiles({ targets, none }: TargetFilesProps) {
  return (
    <Section level={3} title="Files that will get the new key">
      {targets.length === 0 ? (
        <p className={styles.quiet}>{none}</p>
      ) : (
        <ul className={styles.files}>
          {targets.map((target) => (
            <li key={target.id}>
              <span className="mono">{target.file}</span>{' '}
              <span className={styles.quiet}>{Object.values(target.variables).join(', ')}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
