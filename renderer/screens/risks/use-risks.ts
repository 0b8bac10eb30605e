import { useEffect, useMemo, useState } from 'react';
import type { KeyRow, Risk } from '../../../shared/ipc/keys.contract.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';
import { riskKinds } from '../../text/risks.ts';
import { useKeyEntries } from '../keys/use-key-entries.ts';

/** A key that is worth a look, as the list has it. */
export interface RiskyKey {
  readonly risk: Risk;
  readonly row: KeyRow;
}

/** The keys that are worth a look for one reason. */
export interface RiskGroup {
  readonly kind: Risk['kind'];
  readonly keys: readonly RiskyKey[];
}

export type Risks =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure; readonly retry: () => void }
  | { readonly state: 'ready'; readonly groups: readonly RiskGroup[]; readonly total: number };

type Read =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | { readonly state: 'read'; readonly risks: readonly Risk[] };

/** How long keys must have stood still before risks are reckoned again, so that a change of many asks once. */
const settledMs = 500;

/** The keys that are worth a look, asked for when somebody looks, and again after keys have changed. */
export function useRisks(): Risks {
  const keys = useKeyEntries();
  const [read, setRead] = useState<Read>({ state: 'loading' });
  const [turn, setTurn] = useState(0);
  const entries = keys.state === 'ready' ? keys.value : null;
  const isRead = read.state === 'read';

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again whenever the keys are others, or by hand
  useEffect(() => {
    if (entries === null) return;
    let isLeft = false;
    const ask = async () => {
      const answer = await api.call('keys.risks', {});
      if (isLeft) return;
      setRead(
        answer.ok ? { state: 'read', risks: answer.value.risks } : { state: 'failed', failure: answer.error },
      );
    };
    const timer = setTimeout(() => void ask(), isRead ? settledMs : 0);
    return () => {
      isLeft = true;
      clearTimeout(timer);
    };
  }, [entries, turn]);

  const groups = useMemo((): readonly RiskGroup[] => {
    if (read.state !== 'read' || entries === null) return [];
    const rows = new Map(entries.map(({ row }) => [row.id, row]));
    const byKind = Map.groupBy(read.risks, ({ kind }) => kind);
    return riskKinds.flatMap((kind): RiskGroup[] => {
      const risky = (byKind.get(kind) ?? []).flatMap((risk): RiskyKey[] => {
        const row = rows.get(risk.keyId);
        return row === undefined ? [] : [{ risk, row }];
      });
      return risky.length === 0 ? [] : [{ kind, keys: risky }];
    });
  }, [read, entries]);

  if (keys.state === 'failed')
    return { state: 'failed', failure: keys.error, retry: () => setTurn(turn + 1) };
  switch (read.state) {
    case 'loading':
      return { state: 'loading' };
    case 'failed':
      return { state: 'failed', failure: read.failure, retry: () => setTurn(turn + 1) };
    case 'read':
      return { state: 'ready', groups, total: groups.reduce((sum, group) => sum + group.keys.length, 0) };
  }
}
