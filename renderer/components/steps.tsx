import { Check, Hand, Minus, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { StepState } from '../../shared/domain/work-steps.ts';
import { cx } from './cx.ts';
import { Spinner } from './spinner.tsx';
import styles from './steps.module.css';

export interface Step {
  readonly id: string;
  readonly label: string;
  /** `yours`: it waits for the person who reads this. */
  readonly state: StepState | 'yours';
  /** What there is to say about it now: until when it waits, why it stopped. */
  readonly detail?: ReactNode;
}

const stateWords: Record<Step['state'], string> = {
  done: 'Done',
  running: 'Running',
  waiting: 'Waiting',
  stopped: 'Stopped',
  yours: 'Waits for you',
};

/** What a piece of work has done, does and will do, from top to bottom. */
export function Steps({ steps }: { readonly steps: readonly Step[] }) {
  return (
    <ol className={styles.steps}>
      {steps.map((step) => (
        <li
          key={step.id}
          className={cx(styles.step, styles[step.state])}
          {...(step.state === 'running' ? { 'aria-current': 'step' } : {})}
        >
          <span aria-hidden className={styles.mark}>
            <Mark state={step.state} />
          </span>
          <span className={styles.words}>
            <span className={styles.label}>{step.label}</span>
            {step.detail !== undefined && <span className={styles.detail}>{step.detail}</span>}
          </span>
          <span className={styles.state}>{stateWords[step.state]}</span>
        </li>
      ))}
    </ol>
  );
}

function Mark({ state }: { readonly state: Step['state'] }) {
  switch (state) {
    case 'done':
      return <Check className={styles.icon} />;
    case 'running':
      return <Spinner />;
    case 'waiting':
      return <Minus className={styles.icon} />;
    case 'yours':
      return <Hand className={styles.icon} />;
    case 'stopped':
      return <TriangleAlert className={styles.icon} />;
  }
}
