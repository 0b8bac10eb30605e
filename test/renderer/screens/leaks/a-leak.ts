import type { KeyturnContract } from '../../../../shared/ipc/contract.ts';
import type { OutputOf } from '../../../../shared/ipc/define.ts';
import type { Leak } from '../../../../shared/ipc/search.contract.ts';
import { keyId } from '../../support/fake-bridge.ts';

type FoundLeaks = OutputOf<KeyturnContract['leaks.search']>;

/** A place where the first key stands in the folder and in a commit; `facts` say what a test is about. */
export function aLeak(line: number, facts: Partial<Leak> = {}): Leak {
  return {
    keyId: keyId(1),
    name: 'Shop checkout',
    field: 'key',
    environment: 'live',
    status: 'active',
    file: 'deploy/notes.md',
    line,
    commit: {
      id: '3f9c1b2a77d0e4c5b6a7980f1e2d3c4b5a697887',
      author: 'Mira Solano',
      at: Date.UTC(2026, 2, 3, 12),
      subject: 'Note how to deploy',
    },
    stillThere: true,
    ...facts,
  };
}

/** What a search that has found these leaks answers. */
export const foundLeaks = (leaks: readonly Leak[], facts: Partial<FoundLeaks> = {}): FoundLeaks => ({
  leaks: [...leaks],
  more: false,
  files: 1_204,
  bytes: 12_300_000,
  stopped: false,
  commits: 310,
  skipped: [],
  unsearched: [],
  ...facts,
});
