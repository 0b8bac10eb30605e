import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { phaseOf } from '../../text/work.ts';
import styles from './rotation.module.css';

/** The files that a rotation has written, and that what reads them has to be restarted; nothing before it has. */
export function WhatChanged({ work }: { readonly work: WorkView }) {
  if (work.kind !== 'rotate') return null;
  const phase = phaseOf(work);
  if (phase !== 'done' && phase !== 'grace' && phase !== 'undone') return null;
  if (work.written.length === 0) {
    return phase === 'undone' ? null : (
      <p className={styles.quiet}>No file was to be written. Copy the new key, or write it to a file.</p>
    );
  }
  return (
    <div>
      <p className={styles.quiet}>
        {phase === 'undone'
          ? 'These files have the old key again. What reads them has to be restarted:'
          : 'These files have the new key. What reads them has to be restarted:'}
      </p>
      <WrittenFiles written={work.written} />
    </div>
  );
}

/** Files, each with the variables in it that hold the key. */
export function WrittenFiles({ written }: Pick<WorkView, 'written'>) {
  return (
    <ul className={styles.files} aria-label="Files">
      {written.map(({ file, variables }) => (
        <li key={file}>
          <span className="mono">{file}</span> <span className={styles.quiet}>{variables.join(', ')}</span>
        </li>
      ))}
    </ul>
  );
}
