import type { KeyId } from '../../../shared/domain/ids.ts';
import type { Find } from '../../../shared/ipc/search.contract.ts';
import type { PlaceToWrite } from '../../app-state.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { pathWithin } from '../../text/finds.ts';
import { filesOf } from './draft.ts';

export interface OldValueProps {
  readonly find: Find;
  readonly revoked: NonNullable<Find['revoked']>;
  readonly folder: string;
  readonly onWriteHere: (keyId: KeyId, target: PlaceToWrite) => void;
}

/** That a value does nothing any more, and the way to the one that has come in its place. */
export function OldValue({ find, revoked, folder, onWriteHere }: OldValueProps) {
  const { name, successor } = revoked;
  const files = filesOf(find);
  const title = `Old value of ${name}, revoked`;
  if (successor === null) {
    return (
      <Callout tone="attention" title={title}>
        Its provider does not accept it any more, and no other key has come in its place. What reads it fails.
      </Callout>
    );
  }
  return (
    <Callout
      tone="attention"
      title={title}
      action={files.map((file) => {
        const variable = find.places.find((place) => place.file === file)?.variable ?? '';
        const target = { file, variables: { [successor.field]: variable } };
        return (
          <Button key={file} onPress={() => onWriteHere(successor.id, target)}>
            {files.length === 1
              ? 'Write the new one here'
              : `Write the new one to ${pathWithin(folder, file)}`}
          </Button>
        );
      })}
    >
      Its provider does not accept it any more, so what reads it fails.{' '}
      {successor.name === name
        ? 'The key has another value now.'
        : `${successor.name} has come in its place.`}
    </Callout>
  );
}
