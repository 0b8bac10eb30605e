import { type FormEvent, useId, useRef, useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import { EnvironmentBadge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { PasteField } from '../../components/paste-field.tsx';
import { Section } from '../../components/section.tsx';
import { TextField } from '../../components/text-field.tsx';
import { Value } from '../../components/value.tsx';
import { OpenDashboard } from '../generate-key/in-the-dashboard.tsx';
import type { KeyEntries } from '../keys/entries.ts';
import styles from '../rotation/rotation.module.css';
import type { Belonging } from '../take-in/draft.ts';
import { becauseOf } from '../take-in/recognised.ts';
import { useFindLeaked } from './use-find-leaked.ts';

export interface FindLeakedDialogProps {
  readonly onClose: () => void;
  readonly onFound: (keyId: KeyId) => void;
}

/** Finds out which key has leaked: by the value that turned up somewhere, or by its name. */
export function FindLeakedDialog({ onClose, onFound }: FindLeakedDialogProps) {
  const { finding, find, again, entries, dashboardOf } = useFindLeaked(onFound);
  const [isEmpty, setEmpty] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const form = useId();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const input = field.current;
    if (input === null || finding.step === 'looking') return;
    const value = input.value.trim();
    // What has been sent is not needed here any more.
    input.value = '';
    setEmpty(value === '');
    if (value !== '') find(value);
  };
  const onEdit = () => {
    setEmpty(false);
    if (finding.step === 'unknown' || (finding.step === 'asking' && finding.failure !== null)) again();
  };

  return (
    <Dialog
      title="Leaked: replace now"
      description="Paste what turned up in a log, a commit or a chat. Keyturn compares it with the vault on this computer; it is sent nowhere."
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onPress={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={form} isPending={finding.step === 'looking'}>
            Find key
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <form id={form} onSubmit={submit} noValidate className={styles.stack}>
          {finding.step === 'asking' && finding.failure !== null && (
            <FailureCallout failure={finding.failure} />
          )}
          <PasteField
            inputRef={field}
            name="leaked"
            label="Leaked key"
            secret
            isRequired
            autoFocus
            error={isEmpty ? 'Paste the key here.' : null}
            onEdit={onEdit}
          />
          {finding.step === 'unknown' && <NotHere found={finding.found} dashboardOf={dashboardOf} />}
        </form>
        {entries.length > 0 && <ByName entries={entries} onChoose={onFound} />}
      </div>
    </Dialog>
  );
}

interface NotHereProps {
  readonly found: readonly Belonging[];
  readonly dashboardOf: (provider: ProviderSummary) => string | null;
}

function NotHere({ found, dashboardOf }: NotHereProps) {
  const pages = found.flatMap(({ provider }) => {
    const url = dashboardOf(provider);
    return url === null ? [] : [{ provider, url }];
  });
  return (
    <>
      <Callout tone="attention" title="It is not in this vault" isNews>
        {looksLike(found)} It was sent nowhere.{' '}
        {found.length === 0
          ? 'Revoke it where it was issued.'
          : 'Revoke it in the dashboard of the provider that issued it.'}
      </Callout>
      {pages.map(({ provider, url }) => (
        <div key={provider.id} className={styles.each}>
          <span className={styles.name}>{provider.name}</span>
          <OpenDashboard providerId={provider.id} url={url} />
        </div>
      ))}
    </>
  );
}

function looksLike(found: readonly Belonging[]): string {
  if (found.length === 0) return 'Its form is not one that Keyturn knows.';
  if (found.length === 1) return becauseOf(found);
  return `It has the form of a key of ${found.map(({ provider }) => provider.name).join(' or ')}.`;
}

const most = 6;

interface ByNameProps {
  readonly entries: KeyEntries;
  readonly onChoose: (id: KeyId) => void;
}

function ByName({ entries, onChoose }: ByNameProps) {
  const [search, setSearch] = useState('');
  const terms = search.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const fitting =
    terms.length === 0
      ? []
      : entries.filter(
          ({ row, haystack }) => row.status !== 'revoked' && terms.every((term) => haystack.includes(term)),
        );
  return (
    <Section level={3} title="Or find it by name">
      <TextField
        label="Name, provider or last four"
        value={search}
        onChange={setSearch}
        help={fitting.length > most ? `${fitting.length} keys fit. Type more of it.` : undefined}
      />
      {terms.length > 0 && fitting.length === 0 && (
        <p className={styles.quiet} role="status">
          No key fits.
        </p>
      )}
      {fitting.length > 0 && (
        <ul className={styles.plainList} aria-label="Keys">
          {fitting.slice(0, most).map(({ row }) => (
            <li key={row.id} className={styles.each}>
              <span className={styles.name}>
                {row.name} <span className={styles.provider}>{row.provider}</span>
              </span>
              <Value lastFour={row.lastFour} />
              <EnvironmentBadge environment={row.environment} />
              <Button size="small" onPress={() => onChoose(row.id)} aria-label={`Replace ${row.name}`}>
                Replace
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
