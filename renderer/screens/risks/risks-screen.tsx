import { useMemo } from 'react';
import { assertNever } from '../../../shared/result.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ActionsCell, ColumnNames, EnvironmentCell, TextCell } from '../../components/list-cell.tsx';
import { Page } from '../../components/page.tsx';
import { RowAction } from '../../components/row-action.tsx';
import { UnreadyPage } from '../../components/unready.tsx';
import { useNow } from '../../components/use-now.ts';
import { VirtualList } from '../../components/virtual-list.tsx';
import { riskFact, riskWords } from '../../text/risks.ts';
import { navigate } from '../frame/router.ts';
import { actOnRisk } from './act-on-risk.ts';
import { type RiskGroup, type RiskyKey, useRisks } from './use-risks.ts';

/** Every key that is worth a look, by why, each with its one next action. */
export function RisksScreen({ onLeave }: { readonly onLeave: () => void }) {
  const risks = useRisks();
  const back = (
    <Button variant="quiet" onPress={onLeave}>
      Back to rotation
    </Button>
  );
  switch (risks.state) {
    case 'loading':
    case 'failed':
      return <UnreadyPage title="Worth a look" actions={back} of={risks} />;
    case 'ready':
      return (
        <Page
          title="Worth a look"
          aside={risks.total === 0 ? undefined : `${risks.total.toLocaleString('en-GB')} to look at`}
          width="full"
          actions={back}
        >
          {risks.total === 0 ? (
            <EmptyState title="Nothing is worth a look">
              No live key is overdue or never due, none lies unused, and none is shared between projects.
            </EmptyState>
          ) : (
            <RiskList groups={risks.groups} />
          )}
        </Page>
      );
    default:
      return assertNever(risks);
  }
}

type Line =
  | { readonly kind: 'heading'; readonly key: string; readonly text: string; readonly count: number }
  | { readonly kind: 'key'; readonly key: string; readonly risky: RiskyKey };

function RiskList({ groups }: { readonly groups: readonly RiskGroup[] }) {
  const now = useNow();
  const lines = useMemo(() => groups.flatMap(linesOf), [groups]);
  return (
    <VirtualList<Line>
      label="Keys worth a look"
      items={lines}
      keyOf={lineKey}
      headingOf={lineHeading}
      textOf={lineText}
      columns={columns.length}
      sizes="--columns-risks"
      header={header}
      selectedKey={null}
      renderRow={(line) => line.kind === 'key' && <Cells risky={line.risky} now={now} />}
      onOpen={(line) => {
        if (line.kind === 'key') navigate({ place: 'keys', keyId: line.risky.row.id });
      }}
    />
  );
}

const linesOf = ({ kind, keys }: RiskGroup): Line[] => [
  { kind: 'heading', key: `heading-${kind}`, text: riskWords[kind].title, count: keys.length },
  ...keys.map((risky): Line => ({ kind: 'key', key: `${kind}-${risky.row.id}`, risky })),
];

const lineKey = (line: Line): string => line.key;
const lineHeading = (line: Line) => (line.kind === 'heading' ? line : null);
const lineText = (line: Line): string => (line.kind === 'key' ? line.risky.row.name.toLowerCase() : '');

const columns = ['Name', 'Provider', 'Environment', 'Why', 'Next step'];
/** Columns whose cells say by themselves what they are. */
const unnamed = new Set(['Environment', 'Next step']);

const header = <ColumnNames names={columns} unnamed={unnamed} />;

function Cells({ risky, now }: { readonly risky: RiskyKey; readonly now: number }) {
  const { risk, row } = risky;
  const { text, detail } = riskFact(risk, now);
  return (
    <>
      <TextCell title={row.name}>{row.name}</TextCell>
      <TextCell isQuiet>{row.provider}</TextCell>
      <EnvironmentCell environment={row.environment} />
      <TextCell isQuiet title={detail}>
        {text}
      </TextCell>
      <ActionsCell>
        <RowAction label={riskWords[risk.kind].action} of={row.name} onPress={() => actOnRisk(risky)} />
      </ActionsCell>
    </>
  );
}
