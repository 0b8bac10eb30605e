import { describe, expect, it } from 'vitest';
import {
  allowing,
  asFollowed,
  atConnection,
  atFile,
  type Draft,
  emptyDraft,
  issueInput,
  newTarget,
  placeFailure,
  problemsOf,
  stillWrong,
  type TargetDraft,
  withProposals,
  withVariable,
} from '../../../../renderer/screens/generate-key/draft.ts';
import { target as followedTarget, keyId } from '../../support/fake-bridge.ts';
import { fullConnection, fullProvider } from '../../support/scenarios-dialogs.ts';

const { creation, fields } = fullProvider;
const filled = (facts: Partial<Omit<Draft, 'connectionId'>> = {}) => ({
  ...emptyDraft(fullConnection.id, fields),
  connectionId: fullConnection.id,
  name: 'Shop checkout',
  ...facts,
});
const target = (
  id: number,
  file: string,
  variables: Record<string, string> = { user: 'A_USER', key: 'A_KEY' },
  facts: Partial<TargetDraft> = {},
): TargetDraft => ({ ...newTarget([], fields), id, file, variables, ...facts });

describe('a form for a new key', () => {
  it('starts with one row for a file and the names that the provider proposes', () => {
    expect(emptyDraft(fullConnection.id, fields).targets).toEqual([
      target(1, '', { user: 'REGISTRY_USER', key: 'REGISTRY_TOKEN' }),
    ]);
  });

  it('can be sent with a name alone; a row without a path is no target', () => {
    expect(problemsOf(filled(), creation)).toEqual({});
    expect(issueInput(filled(), {}).targets).toEqual([]);
  });

  it('sends null for scopes and expiry that were left out', () => {
    expect(issueInput(filled(), {}).request).toEqual({
      scopes: null,
      expiresInDays: null,
      restrictions: { ips: [], referrers: [], endpoints: [] },
    });
  });

  it('takes back what is wrong with a field as soon as the field is touched, and nothing else', () => {
    const tried = filled({
      name: '',
      expiresInDays: 'soon',
      targets: [target(1, 'a/.env'), target(2, 'b/.env')],
    });
    const problems = {
      name: '-',
      expiry: '-',
      'target.1.file': '-',
      'target.2.file': '-',
      'answer.otp': '-',
    };
    expect(stillWrong(problems, tried, tried)).toEqual(problems);
    const named = { ...tried, name: 'Shop' };
    expect(Object.keys(stillWrong(problems, tried, named))).not.toContain('name');
    const moved = { ...tried, targets: [target(1, '/a/.env'), ...tried.targets.slice(1)] };
    expect(stillWrong(problems, tried, moved)).toEqual({
      name: '-',
      expiry: '-',
      'target.2.file': '-',
      'answer.otp': '-',
    });
  });

  it('says at the name that it is missing', () => {
    expect(problemsOf(filled({ name: '  ' }), creation)).toHaveProperty('name');
  });

  it.each(['0', '-1', '1.5', 'soon', '366'])(
    'says at the expiry that %s days will not do',
    (expiresInDays) => {
      expect(problemsOf(filled({ expiresInDays }), creation)).toHaveProperty('expiry');
    },
  );

  it('says at the variable that no reader takes it, or that another field has it', () => {
    const targets = [
      target(1, '/a/.env', { user: '1ST', key: 'OK' }),
      target(2, '/b/.env', { user: 'SAME', key: 'SAME' }),
    ];
    expect(Object.keys(problemsOf(filled({ targets }), creation))).toEqual([
      'target.1.variable.user',
      'target.2.variable.key',
    ]);
  });

  it('leaves a field with an empty variable out of the file, but not all of them', () => {
    const one = filled({ targets: [target(1, ' /a/.env ', { user: '', key: ' A_KEY ' })] });
    expect(issueInput(one, {}).targets).toMatchObject([{ file: '/a/.env', variables: { key: 'A_KEY' } }]);
    const none = filled({ targets: [target(1, '/a/.env', { user: '', key: '' })] });
    expect(Object.keys(problemsOf(none, creation))).toEqual(['target.1.variable.user']);
  });

  it('keeps name, files and period at another connection, and starts the rest anew', () => {
    const before = filled({
      scopes: ['read'],
      ips: ['203.0.113.7'],
      period: { choice: 'never', because: 'Burned into the meter' },
      targets: [target(4, '/a/.env')],
    });
    const after = atConnection(before, fullConnection.id, [
      { name: 'key', label: 'Key', secret: true, variable: 'K' },
    ]);
    expect(after).toMatchObject({ name: 'Shop checkout', scopes: [], ips: [], period: before.period });
    expect(after.targets).toEqual([target(4, '/a/.env', { key: 'K' })]);
  });

  it('sends the reader, the wish for an example file and the confirmation with each file', () => {
    const wish = {
      dialect: 'vite' as const,
      keepsExample: true,
      confirmName: 'Shop checkout',
      mayReplace: [keyId(3)],
    };
    const one = filled({ targets: [target(1, '/a/.env', { key: 'A_KEY' }, wish)] });
    expect(issueInput(one, {}).targets).toEqual([{ file: '/a/.env', variables: { key: 'A_KEY' }, ...wish }]);
  });

  it('forgets at another path what was confirmed for the one before', () => {
    const confirmed = allowing(target(1, '/a/.env', {}, { confirmName: 'Shop' }), keyId(3), true);
    expect(atFile(confirmed, '/b/.env')).toMatchObject({ file: '/b/.env', confirmName: '', mayReplace: [] });
  });

  it('forgets with another variable which key may be written over', () => {
    const allowed = allowing(target(1, '/a/.env'), keyId(3), true);
    expect(allowed.mayReplace).toEqual([keyId(3)]);
    expect(allowing(allowed, keyId(3), false).mayReplace).toEqual([]);
    expect(withVariable(allowed, 'key', 'OTHER').mayReplace).toEqual([]);
  });

  it('gives every new row an id of its own', () => {
    expect(newTarget([target(7, ''), target(2, '')], fields).id).toBe(8);
  });
});

const anyReader = { suggested: 'any' as const, because: '' };

describe('what a file proposes', () => {
  const file = '/a/.env';
  const vite = { suggested: 'vite' as const, because: 'vite.config.ts' };

  it('names the variables and the reader until the user does', () => {
    const proposals = { user: 'SHOP_USER', key: 'SHOP_TOKEN' };
    const fresh = target(1, '/a/.env');
    expect(withProposals(fresh, { file, proposals, dialect: vite })).toMatchObject({
      variables: proposals,
      dialect: 'vite',
    });
    const typed = withVariable(fresh, 'key', 'MY_TOKEN');
    const chosen = { ...typed, dialect: 'shell' as const, isDialectChosen: true };
    expect(withProposals(chosen, { file, proposals, dialect: vite })).toMatchObject({
      variables: { user: 'SHOP_USER', key: 'MY_TOKEN' },
      dialect: 'shell',
    });
  });

  it('leaves out of the file what the user has emptied', () => {
    const emptied = withVariable(target(1, '/a/.env'), 'user', '');
    const after = withProposals(emptied, { file, proposals: { user: 'SHOP_USER' }, dialect: vite });
    expect(after.variables.user).toBe('');
  });

  it('changes nothing a second time', () => {
    const proposed = { file, proposals: { key: 'SHOP_TOKEN' }, dialect: vite };
    const once = withProposals(target(1, '/a/.env'), proposed);
    expect(withProposals(once, proposed)).toBe(once);
  });

  it('counts for nothing where the key is in the file already: it is written as before', () => {
    const followed = followedTarget(1, {
      variables: { key: 'OLD_TOKEN' },
      dialect: 'compose',
      keepsExample: true,
    });
    const again = asFollowed(target(1, '/a/.env'), followed);
    expect(again).toMatchObject({
      variables: { user: '', key: 'OLD_TOKEN' },
      dialect: 'compose',
      keepsExample: true,
    });
    expect(withProposals(again, { file, proposals: { key: 'NEW' }, dialect: vite })).toMatchObject({
      ...again,
      meant: file,
    });
  });
});

describe('a failure is put where it belongs', () => {
  const targets = [target(1, '/a/.env'), target(2, '/b/.env', { user: 'B_USER', key: 'B_KEY' })];
  const placeOf = (failure: Parameters<typeof placeFailure>[0], at = targets) => {
    const placed = placeFailure(failure, at, fullProvider.askedAtCall);
    return placed.at === 'fields' ? Object.keys(placed.problems) : 'form';
  };

  it('a variable of another key where that may be allowed, at the file that was meant', () => {
    const held = { variable: 'A_KEY', keyId: keyId(3), name: 'Shop' };
    const typed = [
      target(1, '/b/.env'),
      withProposals(target(2, '~/.env'), { file: '/home/me/.env', proposals: {}, dialect: anyReader }),
    ];
    expect(placeOf({ code: 'variable-held', file: '/home/me/.env', ...held }, typed)).toEqual([
      'target.2.held.key',
    ]);
  });
  it('a taken name at the name', () => {
    expect(placeOf({ code: 'name-taken', name: 'Shop' })).toEqual(['name']);
  });
  it('a missing answer at its question', () => {
    expect(placeOf({ code: 'answer-needed', questions: ['otp'] })).toEqual(['answer.otp']);
  });
  it('a missing answer that no field asks for above the form', () => {
    expect(placeOf({ code: 'answer-needed', questions: ['otp', 'pin'] })).toBe('form');
  });
  it('a file at its own row', () => {
    expect(placeOf({ code: 'file-unwritable', file: '/b/.env', reason: 'read only' })).toEqual([
      'target.2.file',
    ]);
  });
  it('a file under another name at the only row there is', () => {
    expect(placeOf({ code: 'folder-gone', file: '/real/a/.env' }, [target(1, '/a/.env')])).toEqual([
      'target.1.file',
    ]);
  });
  it('a tracked file where the key’s name is asked for', () => {
    expect(placeOf({ code: 'file-tracked', file: '/b/.env' })).toEqual(['target.2.confirm']);
  });
  it('a variable at its own field', () => {
    expect(placeOf({ code: 'variable-repeated', variable: 'B_KEY' })).toEqual(['target.2.variable.key']);
  });
  it('a file of the vault itself above the form', () => {
    expect(placeOf({ code: 'storage-failed', file: '/a/.env', reason: 'disk full' })).toBe('form');
  });
  it('a provider’s refusal above the form', () => {
    expect(placeOf({ code: 'provider-throttled', host: 'a.example', retryAfterSeconds: 3 })).toBe('form');
  });
});
