import ElectronStore from 'electron-store';
import { type OpenStore, storeOptions } from './store-like.ts';

/** Stores in the folder, by electron-store. It imports Electron, so only Electron's entry may import this file. */
export function electronStores(folder: string): OpenStore {
  return (name) => new ElectronStore<Record<string, unknown>>({ ...storeOptions, cwd: folder, name });
}
