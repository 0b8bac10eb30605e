import { X } from 'lucide-react';
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { cx } from './cx.ts';
import styles from './dialog.module.css';
import { IconButton } from './icon-button.tsx';
import { keepFocus } from './keep-focus.ts';

export interface DialogProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly isOpen: boolean;
  /** Called by Escape, a click outside and the close button; null takes all three away. */
  readonly onClose: (() => void) | null;
  readonly size?: 'small' | 'medium' | 'large';
  /** The buttons, in reading order: the quiet one first, the one that decides last. */
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/** A decision that takes the whole attention. Focus moves in, stays in, and returns where it came from. */
export function Dialog({
  title,
  description,
  isOpen,
  onClose,
  size = 'medium',
  footer,
  children,
}: DialogProps) {
  const describedBy = useId();
  const dialog = useRef<HTMLElement>(null);
  // A next step can take away the very button that was pressed. Without a focus inside, Escape would go nowhere. What
  // else goes from within a step leaves the focus beside where it was.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) dialog.current?.focus();
  });
  return (
    <ModalOverlay
      isOpen={isOpen}
      isDismissable={onClose !== null}
      isKeyboardDismissDisabled={onClose === null}
      onOpenChange={(open) => {
        if (!open) onClose?.();
      }}
      className={cx(styles.overlay)}
    >
      <Modal className={cx(styles.modal, styles[size])}>
        <AriaDialog
          ref={dialog}
          className={cx(styles.dialog)}
          {...(description === undefined ? {} : { 'aria-describedby': describedBy })}
        >
          <header className={styles.header}>
            <div className={styles.words}>
              <Heading slot="title" className={cx(styles.title)}>
                {title}
              </Heading>
              {description !== undefined && (
                <div id={describedBy} className={styles.description}>
                  {description}
                </div>
              )}
            </div>
            {onClose !== null && <IconButton label="Close" icon={X} onPress={onClose} />}
          </header>
          <div ref={keepFocus} className={styles.body}>
            {children}
          </div>
          {footer !== undefined && <footer className={styles.footer}>{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
