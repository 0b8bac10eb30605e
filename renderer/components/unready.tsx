import { assertNever } from '../../shared/result.ts';
import type { PageFailure } from '../text/errors.ts';
import { Button } from './button.tsx';
import { Dialog, type DialogProps } from './dialog.tsx';
import { FailureCallout } from './failure-callout.tsx';
import { Page, type PageProps } from './page.tsx';
import { Spinner } from './spinner.tsx';
import styles from './unready.module.css';

/** What there is to show before there is anything to show. */
export type Unready =
  | { readonly state: 'loading' }
  | {
      readonly state: 'failed';
      readonly failure: PageFailure;
      /** Asks once more, where that can help. */
      readonly retry?: () => void;
    };

/** A screen that waits for main, or that main could not fill. */
export function UnreadyPage({ title, actions, of }: UnreadyPageProps) {
  return (
    <Page title={title} actions={actions}>
      <Contents of={of} />
    </Page>
  );
}

interface UnreadyPageProps extends Pick<PageProps, 'title' | 'actions'> {
  readonly of: Unready;
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
      return (
        <FailureCallout
          failure={of.failure}
          action={of.retry !== undefined && <Button onPress={of.retry}>Try again</Button>}
        />
      );
    default:
      return assertNever(of);
  }
}
