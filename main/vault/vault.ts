import type { KeyPorts } from '../keys/key-ports.ts';
import type { Works } from '../keys/works.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { Activity } from '../storage/activity.ts';
import type { Records } from '../storage/records.ts';

/** The vault while it is open: everything that needs its data key or its secrets. */
export interface Vault {
  readonly secrets: SecretStore;
  readonly records: Records;
  readonly activity: Activity;
  readonly ports: KeyPorts;
  readonly works: Works;
}
