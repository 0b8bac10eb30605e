import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { PageFailure } from '../../text/errors.ts';
import { isDefinitionMissing } from '../../text/providers.ts';
import { RemoveDialog } from './remove-dialog.tsx';

export interface RemoveConnectionDialogProps {
  readonly connection: ConnectionView;
  readonly onRemove: () => Promise<PageFailure | null>;
  readonly onClose: () => void;
}

/** Asks once before the credential of a connection is forgotten. */
export function RemoveConnectionDialog({ connection, onRemove, onClose }: RemoveConnectionDialogProps) {
  const { name, provider } = connection;
  const hasNoCredential = provider.credential.length === 0 && !isDefinitionMissing(provider);
  return (
    <RemoveDialog title={`Remove ${name}`} action="Remove" onRemove={onRemove} onClose={onClose}>
      {hasNoCredential
        ? `Keyturn forgets this connection. Nothing changes at ${provider.name}.`
        : `Keyturn forgets the credential of this connection. Nothing changes at ${provider.name}: revoke the credential there if it is not needed any more.`}
    </RemoveDialog>
  );
}
