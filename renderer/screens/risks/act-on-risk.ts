import { openDialog } from '../../app-state.ts';
import type { RiskyKey } from './use-risks.ts';

/** Begins the one next action of a key that is worth a look. */
export function actOnRisk({ risk, row }: RiskyKey): void {
  switch (risk.kind) {
    case 'unused':
      openDialog({ kind: 'revoke', keyId: row.id });
      return;
    case 'live-overdue':
      openDialog({ kind: 'rotate', keyId: row.id });
      return;
    case 'live-never':
      openDialog({ kind: 'policy', keyIds: [row.id] });
      return;
    case 'no-expiry':
    case 'shared':
      openDialog({ kind: 'generate', connectionId: row.connectionId });
      return;
  }
}
