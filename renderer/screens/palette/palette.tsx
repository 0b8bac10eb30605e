// biome-ignore-all lint/a11y/useSemanticElements: no element of HTML lists actions below a search field
// biome-ignore-all lint/a11y/useFocusableInteractive: the search field keeps the focus
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the search field handles the keys
import { Ban, FilePlus2, KeyRound, type LucideIcon, RotateCw, Search, Siren } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import { EnvironmentBadge } from '../../components/badge.tsx';
import { cx } from '../../components/cx.ts';
import { Kbd } from '../../components/kbd.tsx';
import { Value } from '../../components/value.tsx';
import type { KeyEntries } from '../keys/entries.ts';
import type { PaletteAction } from './actions.ts';
import { type KeyVerb, matches, type PaletteHit } from './match.ts';
import styles from './palette.module.css';

export interface PaletteProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly actions: readonly PaletteAction[];
  readonly entries: KeyEntries;
  readonly onOpenKey: (row: KeyRow) => void;
  readonly onVerb: (verb: KeyVerb, row: KeyRow) => void;
}

/** Every action and every key, found by typing. */
export function Palette({ isOpen, onClose, ...rest }: PaletteProps) {
  return (
    <ModalOverlay
      isDismissable
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className={cx(styles.overlay)}
    >
      <Modal className={cx(styles.modal)}>
        <Dialog aria-label="Command palette" className={cx(styles.dialog)}>
          <PaletteBody onClose={onClose} {...rest} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function PaletteBody({ onClose, actions, entries, onOpenKey, onVerb }: Omit<PaletteProps, 'isOpen'>) {
  const id = useId();
  const [search, setSearch] = useState('');
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const hits = matches(search, actions, entries);
  const current = Math.min(active, hits.length - 1);

  useEffect(() => input.current?.focus(), []);

  useEffect(() => {
    list.current?.querySelector(`[data-index="${current}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  const run = (hit: PaletteHit | undefined) => {
    if (hit === undefined) return;
    onClose();
    if (hit.kind === 'action') hit.action.run();
    else if (hit.kind === 'verb') onVerb(hit.verb, hit.entry.row);
    else onOpenKey(hit.entry.row);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowDown: current + 1 < hits.length ? current + 1 : 0,
      ArrowUp: current > 0 ? current - 1 : hits.length - 1,
      PageDown: Math.min(hits.length - 1, current + 8),
      PageUp: Math.max(0, current - 8),
    };
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      setActive(next);
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      run(hits[current]);
    }
  };

  return (
    <>
      <div className={styles.search}>
        <Search aria-hidden className={styles.icon} />
        <input
          ref={input}
          role="combobox"
          aria-label="Search actions and keys"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          {...(current === -1 ? {} : { 'aria-activedescendant': `${id}-${current}` })}
          placeholder="What do you want to do?"
          autoComplete="off"
          spellCheck={false}
          value={search}
          className={styles.input}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setSearch(event.target.value);
            setActive(0);
          }}
        />
        <Kbd keys="Esc" />
      </div>
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label="Actions and keys"
        tabIndex={-1}
        className={styles.list}
      >
        {hits.map((hit, index) => (
          <div
            key={hit.key}
            id={`${id}-${index}`}
            data-index={index}
            role="option"
            aria-selected={index === current}
            className={styles.hit}
            onPointerMove={() => setActive(index)}
            onClick={() => run(hit)}
          >
            <Hit hit={hit} />
          </div>
        ))}
      </div>
      {hits.length === 0 && (
        <p role="status" className={styles.none}>
          Nothing fits these words.
        </p>
      )}
    </>
  );
}

const verbs: Readonly<Record<KeyVerb, { readonly label: string; readonly icon: LucideIcon }>> = {
  write: { label: 'Write to .env', icon: FilePlus2 },
  rotate: { label: 'Rotate', icon: RotateCw },
  leaked: { label: 'Leaked: replace now', icon: Siren },
  revoke: { label: 'Revoke', icon: Ban },
  'copy-once': { label: 'Copy once', icon: KeyRound },
};

function Hit({ hit }: { readonly hit: PaletteHit }) {
  if (hit.kind !== 'action') {
    const { row } = hit.entry;
    const Icon = hit.kind === 'verb' ? verbs[hit.verb].icon : KeyRound;
    return (
      <>
        <Icon aria-hidden className={styles.icon} />
        <span className={styles.words}>
          {hit.kind === 'verb' && `${verbs[hit.verb].label} `}
          {row.name} <span className={styles.subject}>{row.provider}</span>
        </span>
        <Value lastFour={row.lastFour} />
        <EnvironmentBadge environment={row.environment} />
      </>
    );
  }
  const { label, subject, icon: Icon, shortcut } = hit.action;
  return (
    <>
      <Icon aria-hidden className={styles.icon} />
      <span className={styles.words}>
        {label} {subject !== undefined && <span className={styles.subject}>{subject}</span>}
      </span>
      {shortcut !== undefined && <Kbd keys={shortcut} />}
    </>
  );
}
