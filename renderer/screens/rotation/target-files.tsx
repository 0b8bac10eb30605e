import { CircleAlert } from 'lucide-react';
import type { KeyDetail } from '../../../shared/ipc/keys.contract.ts';
import { Button } from '../../components/button.tsx';
import { Section } from '../../components/section.tsx';
import { type PageFailure, words } from '../../text/errors.ts';
import styles from './rotation.module.css';
import { useHurdles } from './use-hurdles.ts';

export interface TargetFilesProps {
  readonly detail: Pick<KeyDetail, 'targets' | 'environment'>;
  /** What it means that there are none. */
  readonly none: string;
  /** Leads to the key's page, where its files are mended; null where that is offered already. */
  readonly onShowFiles: (() => void) | null;
}

/** The files that a new key is about to be written to, and what stands in the way there. */
export function TargetFiles({ detail, none, onShowFiles }: TargetFilesProps) {
  const hurdles = useHurdles(detail);
  return (
    <Section
      level={3}
      title="Files that will get the new key"
      actions={
        hurdles.size > 0 &&
        onShowFiles !== null && (
          <Button size="small" onPress={onShowFiles}>
            Show the key’s files
          </Button>
        )
      }
    >
      {detail.targets.length === 0 ? (
        <p className={styles.quiet}>{none}</p>
      ) : (
        <ul className={styles.files} aria-label="Files">
          {detail.targets.map((target) => {
            const hurdle = hurdles.get(target.id);
            return (
              <li key={target.id}>
                <span className="mono">{target.file}</span>{' '}
                <span className={styles.quiet}>{Object.values(target.variables).join(', ')}</span>
                {hurdle !== undefined && (
                  <p className={styles.hurdle}>
                    <CircleAlert aria-hidden className={styles.hurdlePicture} />
                    {hurdleWords(hurdle)}
                  </p>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}

/** Said before anything was tried, so not in the words of something that failed. */
function hurdleWords(failure: PageFailure): string {
  return failure.code === 'file-tracked'
    ? 'Git tracks this file. A live key goes there only once you have confirmed it by name.'
    : `${words(failure).title}. Nothing is begun until it can be written.`;
}
