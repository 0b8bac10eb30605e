import { appContract } from './app.contract.ts';
import { backupContract } from './backup.contract.ts';
import { connectionsContract } from './connections.contract.ts';
import { keysContract } from './keys.contract.ts';
import { remindersContract } from './reminders.contract.ts';
import { searchContract } from './search.contract.ts';
import { vaultContract } from './vault.contract.ts';
import { workContract } from './work.contract.ts';

/** Everything that the page may ask of main, and everything that main tells the page. */
export const contract = {
  ...vaultContract,
  ...appContract,
  ...backupContract,
  ...connectionsContract,
  ...keysContract,
  ...workContract,
  ...searchContract,
  ...remindersContract,
} as const;

export type KeyturnContract = typeof contract;
