import { Copy, Eye, EyeOff, FilePen } from 'lucide-react';
import { useId, useState } from 'react';
import type { KeyDetail } from '../../../shared/ipc/keys.contract.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { Value } from '../../components/value.tsx';
import { remarkNotes } from '../../text/targets.ts';
import { Remarks } from '../rotation/remarks.tsx';
import styles from './copy-once.module.css';
import { type Reveal, useReveal } from './reveal-slot.tsx';
import type { CopyOnceState, Said } from './use-copy-once.ts';
import { WriteInline } from './write-inline.tsx';

export type CopyOnceProps = Omit<Extract<CopyOnceState, { state: 'open' }>, 'state' | 'seal'>;

/** The fields of a new key, masked, and the three things that can be done with them. */
export function CopyOnce({ detail, doing, said, remarks, copy, show, write }: CopyOnceProps) {
  const busy = doing !== null;
  const reveal = useReveal();
  const [isWriting, setWriting] = useState(false);
  const { shown, copiedFields } = detail.copyOnce;
  const showAll = () =>
    show((fields) => reveal.show(fields.map((field) => ({ ...field, label: labelOf(detail, field.name) }))));

  return (
    <>
      <ul className={styles.fields} aria-label="Fields of the key">
        {detail.fields.map((field) => (
          <FieldRow
            key={field.name}
            field={field}
            reveal={reveal}
            isCopied={copiedFields.includes(field.name)}
            busy={busy}
            onCopy={() => copy(field.name)}
          />
        ))}
      </ul>
      <div className={styles.actions}>
        {reveal.secondsLeft === null ? (
          <Button icon={Eye} onPress={showAll} isDisabled={shown || busy}>
            Show
          </Button>
        ) : (
          <Button icon={EyeOff} onPress={reveal.hide}>
            Hide
          </Button>
        )}
        {!isWriting && (
          <Button icon={FilePen} onPress={() => setWriting(true)} isDisabled={busy}>
            Write to .env
          </Button>
        )}
        <p className={styles.spent}>{showWords(reveal.secondsLeft, shown)}</p>
      </div>
      {isWriting && (
        <WriteInline detail={detail} busy={busy} onWrite={write} onClose={() => setWriting(false)} />
      )}
      <Outcome said={said} />
      {detail.targets.length > 0 && (
        <div>
          <p className={styles.quiet}>Written to</p>
          <ul className={styles.files}>
            {detail.targets.map((target) => (
              <li key={target.id}>
                <span className="mono">{target.file}</span>
                <Remarks notes={remarkNotes(remarks.filter(({ targetId }) => targetId === target.id))} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

interface FieldRowProps {
  readonly field: KeyDetail['fields'][number];
  readonly reveal: Reveal;
  readonly isCopied: boolean;
  readonly busy: boolean;
  readonly onCopy: () => void;
}

function FieldRow({ field, reveal, isCopied, busy, onCopy }: FieldRowProps) {
  const label = useId();
  return (
    <li className={styles.field}>
      <span id={label} className={styles.label}>
        {field.label}
      </span>
      <span className={styles.value}>
        <span ref={reveal.slot(field.name)} />
        {reveal.secondsLeft === null && <Value lastFour={field.lastFour} />}
      </span>
      <span className={styles.copy}>
        {isCopied && <span className={styles.quiet}>Already copied</span>}
        <Button icon={Copy} onPress={onCopy} isDisabled={isCopied || busy} aria-describedby={label}>
          Copy
        </Button>
      </span>
    </li>
  );
}

function showWords(secondsLeft: number | null, shown: boolean): string {
  if (secondsLeft !== null) return `Hides itself in ${secondsLeft} s`;
  return shown
    ? 'Already shown. It can still be copied or written to files.'
    : 'Can be shown one time, for 30 seconds.';
}

function Outcome({ said }: { readonly said: Said }) {
  switch (said?.kind) {
    case undefined:
      return null;
    case 'failed':
      return <FailureCallout failure={said.failure} />;
    case 'copied':
      return (
        <Callout
          tone={said.clearsAfterSeconds === null ? 'attention' : 'done'}
          title={`${said.label} is on the clipboard`}
          isNews
        >
          {clearWords(said)}
          {!said.concealed && ' Clipboard histories may record it.'}
        </Callout>
      );
    case 'written':
      return (
        <Callout tone="done" title="Written and read back" isNews>
          {said.file}
        </Callout>
      );
  }
}

function clearWords({ by, clearsAfterSeconds }: Extract<Said, { kind: 'copied' }>): string {
  if (clearsAfterSeconds === null) {
    return 'This browser does not let Keyturn clear it. Copy something else once you have pasted it.';
  }
  return by === 'main'
    ? `It is cleared after ${clearsAfterSeconds} seconds, or when Keyturn locks or quits.`
    : `This page clears it after ${clearsAfterSeconds} seconds, as long as it stays open.`;
}

const labelOf = (detail: KeyDetail, field: string): string =>
  detail.fields.find(({ name }) => name === field)?.label ?? field;
