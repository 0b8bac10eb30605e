import { useState } from 'react';
import type { FileInspection } from '../../../shared/domain/env-file.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { Disclosure } from '../../components/disclosure.tsx';
import { Select } from '../../components/select.tsx';
import { dialectName, dialectOptions, dialectWords } from '../../text/dialects.ts';
import type { TargetDraft } from './draft.ts';

export interface TargetOptionsProps {
  readonly target: TargetDraft;
  /** null while the file has not been looked at. */
  readonly file: Pick<FileInspection, 'dialect' | 'example'> | null;
  readonly onChange: (target: TargetDraft) => void;
}

/** Who reads the file, and whether the project's example file keeps the names. */
export function TargetOptions({ target, file, onChange }: TargetOptionsProps) {
  const [isOpen, setOpen] = useState(false);
  const isSuggested = file !== null && file.dialect.suggested === target.dialect;
  const example = file === null ? '.env.example' : baseName(file.example.file);
  return (
    <Disclosure title="More" summary={summaryOf(target, example)} isOpen={isOpen} onOpenChange={setOpen}>
      <Select
        label="Who reads the file"
        options={dialectOptions}
        value={target.dialect}
        onChange={(dialect) => onChange({ ...target, dialect, isDialectChosen: true })}
        help={dialectWords(target.dialect, isSuggested ? file.dialect.because : '')}
      />
      <Checkbox
        label={`Keep the names in ${example}`}
        help={
          file?.example.exists === false
            ? 'The file will be made: names without values, for whoever sets the project up.'
            : 'Names without values, for whoever sets the project up. What stands there stays.'
        }
        isSelected={target.keepsExample}
        onChange={(keepsExample) => onChange({ ...target, keepsExample })}
      />
    </Disclosure>
  );
}

function summaryOf({ dialect, keepsExample }: TargetDraft, example: string): string {
  const reader = dialect === 'any' ? 'for any reader' : `for ${dialectName(dialect)}`;
  return keepsExample ? `${reader}, names kept in ${example}` : reader;
}

/** The last part of a path of any system. */
const baseName = (file: string): string =>
  file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
