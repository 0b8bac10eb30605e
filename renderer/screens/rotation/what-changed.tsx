import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { remarkNotes } from '../../text/targets.ts';
import { phaseOf } from '../../text/work.ts';
import { Remarks } from './remarks.tsx';
import styles from './rotation.module.css';

/** The files that a rotation has written, and that what reads them has to be restarted; nothing before it has. */
export function WhatChanged({ work, label }: { readonly work: WorkView; readonly label?: string }) {
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
      <WrittenFiles written={work.written} remarks={work.remarks} label={label} />
    </div>
  );
}

export interface WrittenFilesProps extends Pick<WorkView, 'written' | 'remarks'> {
  /** The list's name, where another list of files stands beside it. */
  readonly label?: string | undefined;
}

/** Files, each with the variables in it that hold the key, and what there is to tell of it. */
export function WrittenFiles({ written, remarks = [], label = 'Files' }: WrittenFilesProps) {
  return (
    <ul className={styles.files} aria-label={label}>
      {[...Map.groupBy(written, ({ file }) => file)].map(([file, of]) => (
        <li key={file}>
          <span className="mono">{file}</span>{' '}
          <span className={styles.quiet}>{of.flatMap(({ variables }) => variables).join(', ')}</span>
          <Remarks notes={remarkNotes(remarks.filter((remark) => remark.file === file))} />
        </li>
      ))}
    </ul>
  );
}
