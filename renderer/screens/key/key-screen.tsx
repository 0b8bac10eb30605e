import { ArrowLeft, BadgeCheck, Ban, Ellipsis, FilePlus2, RotateCw, Siren, Trash2, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { dueState } from '../../../shared/domain/due.ts';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { KeyDetail } from '../../../shared/ipc/keys.contract.ts';
import { assertNever } from '../../../shared/result.ts';
import { openDialog } from '../../app-state.ts';
import { EnvironmentBadge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { Menu } from '../../components/menu.tsx';
import { Section } from '../../components/section.tsx';
import { Spinner } from '../../components/spinner.tsx';
import { useNow } from '../../components/use-now.ts';
import type { CheckStep } from '../../text/keys.ts';
import { useOpenPage } from '../frame/use-open-page.ts';
import { OpenDashboard } from '../generate-key/in-the-dashboard.tsx';
import type { NextStep } from '../keys/next-action.ts';
import { isRotated } from '../policy/key-choice.ts';
import { Facts } from './facts.tsx';
import { ForgetDialog } from './forget-dialog.tsx';
import { History } from './history.tsx';
import { KeyCallouts } from './key-callouts.tsx';
import styles from './key-screen.module.css';
import { KeyTargets } from './key-targets.tsx';
import { RotationSection } from './rotation-section.tsx';
import { UseIt } from './use-it.tsx';
import type { KeyView } from './use-key.ts';

export interface KeyScreenProps {
  readonly view: KeyView;
  /** Whether the focus goes to the key at once: it was opened by keyboard. */
  readonly takesFocus: boolean;
  readonly onClose: () => void;
  readonly onOpenKey: (id: KeyId) => void;
  readonly onDialog: (kind: 'write' | 'rotate' | 'leaked' | 'revoke' | 'copy-once') => void;
  readonly onOpenWork: () => void;
}

/** One key: what it is, where it is written, what can be done with it, and what happened to it. */
export function KeyScreen(props: KeyScreenProps) {
  const { view, onClose } = props;
  switch (view.state) {
    case 'loading':
      return (
        <Shell onClose={onClose} title={null}>
          <div className={styles.waiting}>
            <Spinner label="Reading the key" />
          </div>
        </Shell>
      );
    case 'gone':
      return (
        <Shell onClose={onClose} title={null}>
          <EmptyState
            title="This key is not in the vault"
            actions={
              <Button icon={ArrowLeft} onPress={onClose}>
                Back to the keys
              </Button>
            }
          >
            <p>It was deleted here, or the address is an old one.</p>
          </EmptyState>
        </Shell>
      );
    case 'failed':
      return (
        <Shell onClose={onClose} title={null}>
          <div className={styles.body}>
            <FailureCallout failure={view.error} action={<Button onPress={view.retry}>Try again</Button>} />
          </div>
        </Shell>
      );
    case 'ready':
      return <Ready {...props} view={view} />;
    default:
      return assertNever(view);
  }
}

function Ready({
  view,
  takesFocus,
  onClose,
  onOpenKey,
  onDialog,
  onOpenWork,
}: KeyScreenProps & { readonly view: Extract<KeyView, { state: 'ready' }> }) {
  const { detail, targets, doing, actions } = view;
  const now = useNow();
  const [isForgetting, setForgetting] = useState(false);
  const isActive = detail.status === 'active' || detail.status === 'needs-attention';
  const isAlive = detail.revokedAt === null;
  const due = dueState(detail.dueAt, now);
  const { connection, snippets } = view;
  const dashboardUrl = connection?.dashboardUrl ?? null;
  const openPage = useOpenPage();

  const onStep = (to: NextStep['to']) => {
    if (to === 'check') actions.check();
    else if (to === 'show-work' && view.work !== null) openDialog({ kind: 'work', workId: view.work.id });
    else if (to !== 'open-work' && to !== 'show-work') onDialog(to);
    else if (detail.workId === null) onOpenWork();
    else actions.continueWork();
  };

  const onCheckStep = (step: CheckStep) => {
    switch (step) {
      case 'rotate':
        return onDialog('rotate');
      case 'mark-revoked':
        return onDialog('revoke');
      case 'replace':
        return openDialog({ kind: 'generate', connectionId: detail.connectionId });
      case 'take-in':
        return openDialog({ kind: 'take-in' });
      case 'check-again':
        return actions.check();
      case 'open-dashboard':
        return dashboardUrl === null
          ? undefined
          : openPage({ providerId: detail.providerId, url: dashboardUrl });
    }
  };

  return (
    <Shell onClose={onClose} title={detail} takesFocus={takesFocus}>
      <div className={styles.body}>
        <div className={styles.actions}>
          <Button icon={FilePlus2} isDisabled={!isActive} onPress={() => onDialog('write')}>
            Write to .env
          </Button>
          <Button
            icon={RotateCw}
            variant={isActive && (due === 'overdue' || due === 'due-soon') ? 'primary' : 'secondary'}
            isDisabled={!isActive}
            onPress={() => onDialog('rotate')}
          >
            Rotate
          </Button>
          <Button
            icon={BadgeCheck}
            isPending={doing?.what === 'checking'}
            isDisabled={!isAlive}
            onPress={actions.check}
          >
            Check key
          </Button>
          <span className={styles.gap} />
          <Button icon={Ban} variant="quiet" isDisabled={!isAlive} onPress={() => onDialog('revoke')}>
            Revoke
          </Button>
          <Menu
            label="More for this key"
            trigger={<IconButton label="More" icon={Ellipsis} />}
            entries={[
              {
                id: 'leaked',
                label: 'Leaked: replace now',
                icon: Siren,
                isDisabled: !isAlive,
                onAction: () => onDialog('leaked'),
              },
              {
                id: 'delete',
                label: 'Delete from vault…',
                icon: Trash2,
                isDanger: true,
                onAction: () => setForgetting(true),
              },
            ]}
          />
        </div>
        <KeyCallouts
          detail={detail}
          work={view.work}
          check={view.check}
          states={targets}
          isBusy={doing !== null}
          actions={actions}
          hasDashboard={dashboardUrl !== null}
          onStep={onStep}
          onCheckStep={onCheckStep}
          onOpenKey={onOpenKey}
        />
        <Section
          title="Facts"
          actions={
            dashboardUrl !== null && (
              <OpenDashboard isQuiet providerId={detail.providerId} url={dashboardUrl} />
            )
          }
        >
          <Facts detail={detail} />
        </Section>
        {isRotated(detail) && (
          <RotationSection
            detail={detail}
            connection={connection}
            now={now}
            isBusy={doing?.what === 'changing'}
            actions={actions}
          />
        )}
        <Section title="Written to">
          <KeyTargets
            detail={detail}
            connection={connection}
            states={targets}
            remarks={view.work?.remarks ?? []}
            tracked={view.tracked}
            doing={doing}
            canWrite={isActive}
            actions={actions}
          />
        </Section>
        {isAlive && snippets !== null && snippets.length > 0 && (
          <UseIt keyId={detail.id} snippets={snippets} signs={connection?.provider.signs ?? false} />
        )}
        <Section title="History">
          <History entries={detail.history} />
        </Section>
      </div>
      {isForgetting && (
        <ForgetDialog
          detail={detail}
          connection={connection}
          onClose={() => setForgetting(false)}
          onForgotten={() => {
            setForgetting(false);
            onClose();
          }}
        />
      )}
    </Shell>
  );
}

interface ShellProps {
  readonly title: Pick<KeyDetail, 'id' | 'name' | 'provider' | 'environment'> | null;
  readonly takesFocus?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The detail's own frame. Escape closes it, unless something inside has a use for the key. */
function Shell({ title, takesFocus, onClose, children }: ShellProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const id = title?.id;
  useEffect(() => {
    if (takesFocus === true && id !== undefined) heading.current?.focus();
  }, [takesFocus, id]);
  return (
    <article
      aria-label={title?.name ?? 'Key'}
      className={styles.shell}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || isInOverlay(event.target)) return;
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles.header}>
        {title !== null && (
          <>
            <h2 ref={heading} tabIndex={-1} className={styles.title}>
              {title.name}
            </h2>
            <span className={styles.provider}>{title.provider}</span>
            <EnvironmentBadge environment={title.environment} />
          </>
        )}
        <span className={styles.gap} />
        <IconButton label="Close" icon={X} onPress={onClose} />
      </header>
      <div className={styles.scroll}>{children}</div>
    </article>
  );
}

/** Events of menus and dialogs pass through React's tree although they stand elsewhere in the page. */
const isInOverlay = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('[role=dialog], [role=menu], [role=listbox]') !== null;
