import Conf from 'conf';
import { type OpenStore, storeOptions } from './store-like.ts';

/** Stores in the folder, by the class that electron-store is built on: for every host that is not Electron. */
export function confStores(folder: string): OpenStore {
  return (name) => new Conf<Record<string, unknown>>({ ...storeOptions, cwd: folder, configName: name });
}
