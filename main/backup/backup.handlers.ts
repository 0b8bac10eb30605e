import type { backupContract } from '../../shared/ipc/backup.contract.ts';
import type { Handlers } from '../../shared/ipc/define.ts';
import { ok } from '../../shared/result.ts';
import type { Backups } from './backups.ts';

/** What the page may ask about backups. */
export function backupHandlers(backups: Backups): Handlers<typeof backupContract> {
  return {
    'backup.make': (request) => backups.make(request),
    'backup.open': ({ file, passphrase }) => backups.open(file, passphrase),
    'backup.restore': (wish) => backups.restore(wish),
    'backup.cancel': () => {
      backups.cancel();
      return ok({});
    },
  };
}
