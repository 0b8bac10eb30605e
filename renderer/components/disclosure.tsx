import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Disclosure as AriaDisclosure, Button, DisclosurePanel, Heading } from 'react-aria-components';
import { cx } from './cx.ts';
import styles from './disclosure.module.css';

export interface DisclosureProps {
  readonly title: string;
  /** What stands inside, in a few words, for as long as it is closed. */
  readonly summary?: string | undefined;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly children: ReactNode;
}

/** What most people never need, one press away. */
export function Disclosure({ title, summary, isOpen, onOpenChange, children }: DisclosureProps) {
  return (
    <AriaDisclosure isExpanded={isOpen} onExpandedChange={onOpenChange} className={cx(styles.disclosure)}>
      <div className={styles.head}>
        <Heading className={cx(styles.heading)}>
          <Button slot="trigger" className={cx(styles.trigger)}>
            <ChevronRight aria-hidden className={styles.arrow} />
            {title}
          </Button>
        </Heading>
        {!isOpen && summary !== undefined && <span className={styles.summary}>{summary}</span>}
      </div>
      <DisclosurePanel>
        <div className={styles.panel}>{children}</div>
      </DisclosurePanel>
    </AriaDisclosure>
  );
}
