import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { KeyScreen } from '../../../../renderer/screens/key/key-screen.tsx';
import { useKey } from '../../../../renderer/screens/key/use-key.ts';
import type { CheckOutcome } from '../../../../shared/domain/provider.ts';
import type { KeyturnContract } from '../../../../shared/ipc/contract.ts';
import type { Handlers } from '../../../../shared/ipc/define.ts';
import { fail, ok } from '../../../../shared/result.ts';
import { keyId } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';
import { assistedConnection, atOnceConnection, mainAt } from '../../support/scenarios-assisted.ts';

afterEach(cleanup);

function Key({ onDialog }: { readonly onDialog: (kind: string) => void }) {
  return (
    <KeyScreen
      view={useKey(keyId(2))}
      takesFocus={false}
      onClose={() => {}}
      onOpenKey={() => {}}
      onDialog={onDialog}
      onOpenWork={() => {}}
    />
  );
}

async function open(overrides: Partial<Handlers<KeyturnContract>> = {}, connection = assistedConnection) {
  const dialogs: string[] = [];
  const main = pageTalksTo(mainAt(connection, overrides));
  render(<Key onDialog={(kind) => dialogs.push(kind)} />);
  await screen.findByRole('button', { name: 'Check key' });
  return { main, dialogs };
}

const checkFinds = (outcome: CheckOutcome) => ({ 'keys.check': () => ok(outcome) });
const check = () => fireEvent.click(screen.getByRole('button', { name: 'Check key' }));

describe('checking a key', () => {
  it('says that it was revoked there, and leads on to replacing or marking it', async () => {
    const { dialogs } = await open(checkFinds({ outcome: 'refused', why: 'revoked', message: '' }));
    check();
    await screen.findByText('The key is revoked at Parcelway');
    fireEvent.click(screen.getByRole('button', { name: 'Mark as revoked' }));
    expect(dialogs).toEqual(['revoke']);
  });

  it('opens the dashboard where nobody but the provider can say more', async () => {
    const opened: unknown[] = [];
    await open({
      ...checkFinds({ outcome: 'refused', why: 'not-accepted', message: 'HTTP 401' }),
      'providers.open': (page) => {
        opened.push(page);
        return ok({ by: 'main' });
      },
    });
    // One beside the facts, and one more as the next step.
    await screen.findByRole('button', { name: 'Open dashboard' });
    check();
    await screen.findByText('Parcelway does not accept the key');
    const [next] = screen.getAllByRole('button', { name: 'Open dashboard' });
    fireEvent.click(next as HTMLElement);
    await waitFor(() => expect(opened).toHaveLength(1));
    expect(document.body.textContent).not.toContain('401');
  });

  it('says of a provider that cannot be reached that nothing was found out, and can be tried again', async () => {
    const { main } = await open({
      'keys.check': () =>
        fail({ code: 'provider-unreachable', host: 'api.parcelway.example', reason: 'offline' }),
    });
    check();
    await screen.findByText(/^Not checked: /);
    fireEvent.click(screen.getByRole('button', { name: 'Check again' }));
    await waitFor(() => expect(main.calls.filter(({ method }) => method === 'keys.check')).toHaveLength(2));
  });
});

describe('using a key', () => {
  it('shows the snippets that main writes', async () => {
    await open();
    await screen.findByText(/Authorization: Bearer \$API_KEY/);
    expect(screen.getAllByRole('tab').map((tab) => tab.textContent)).toEqual([
      'curl',
      'JavaScript',
      'Python',
    ]);
    expect(screen.queryByRole('button', { name: 'Copy a signed sample' })).toBeNull();
  });

  it('has a sample signed where requests are signed, and says that it holds no secret and goes stale', async () => {
    await open({ 'keys.signedSample': () => ok({ text: 'curl -H "X-Signature: 5f0c"' }) }, atOnceConnection);
    fireEvent.click(await screen.findByRole('button', { name: 'Copy a signed sample' }));
    await screen.findByText('curl -H "X-Signature: 5f0c"');
    expect(screen.getByText(/a signature and no secret, and goes stale/)).toBeTruthy();
  });
});
