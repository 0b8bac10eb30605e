import { assertNever } from '../../shared/result.ts';
import type { PageFailure } from '../text/errors.ts';
import { Dialog, type DialogProps } from './dialog.tsx';
import { FailureCallout } from './failure-callout.tsx';
import { Page } from './page.tsx';
import { Spinner } from './spinner.tsx';
import styles from './unready.module.css';

/** What there is to show before there is anything to show. */
export type Unready =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure };

/** A screen that waits for main, or that main could not fill. */
export function UnreadyPage({ title, of }: { readonly title: string; readonly of: Unready }) {
  return (
    <Page title={title}>
      <Contents of={of} />
    </Page>
  );
}

/** A dialog that waits for main, or that main could not fill. It can always be closed. */
export function UnreadyDialog({
  of,
  ...dialog
}: Pick<DialogProps, 'title' | 'size' | 'onClose'> & { readonly of: Unready }) {
  return (
    <Dialog {...dialog} isOpen>
      <Contents of={of} />
    </Dialog>
  );
}

function Contents({ of }: { readonly of: Unready }) {
  switch (of.state) {
    case 'loading':
      return (
        <div className={styles.loading}>
          <Spinner label="Loading" />
        </div>
      );
    case 'failed':
      return <FailureCallout failure={of.failure} />;
    default:
      return assertNever(of);
  }
}
