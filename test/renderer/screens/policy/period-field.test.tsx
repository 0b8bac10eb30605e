import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import {
  asUsual,
  type PeriodDraft,
  periodDraftOf,
  periodProblems,
  policyOf,
} from '../../../../renderer/screens/policy/period-draft.ts';
import { PeriodField, type PeriodFieldProps } from '../../../../renderer/screens/policy/period-field.tsx';
import type { Period } from '../../../../shared/domain/period.ts';

afterEach(cleanup);

const whose = { provider: 'Parcelway', connection: 'Parcelway account' };
const usual = (facts: Partial<Period> = {}) => ({
  period: { everyDays: 90, from: 'default', because: '', ...facts } as Period,
  whose,
});

interface HeldProps extends Partial<PeriodFieldProps> {
  readonly onChosen: (value: PeriodDraft) => void;
}

/** The field as a form holds it. */
function Held({ onChosen, ...facts }: HeldProps) {
  const [value, setValue] = useState<PeriodDraft | null>(facts.value ?? asUsual);
  return (
    <PeriodField
      usual={usual()}
      recommended={null}
      problems={{}}
      {...facts}
      value={value}
      onChange={(next) => {
        onChosen(next);
        setValue(next);
      }}
    />
  );
}

const recommends = (days: number) => ({
  provider: 'Parcelway',
  days,
  words: `Parcelway recommends every ${days} days.`,
});

/** Shows the field; `current` is what was chosen last. */
function open(facts: Partial<PeriodFieldProps> = {}) {
  const chosen = { current: facts.value ?? asUsual };
  render(
    <Held
      {...facts}
      onChosen={(value) => {
        chosen.current = value;
      }}
    />,
  );
  return chosen;
}

const button = () => screen.getByRole('button', { name: /How often to rotate/ });
const choose = async (option: RegExp) => {
  fireEvent.click(button());
  fireEvent.click(await screen.findByRole('option', { name: option }));
};

describe('how often to rotate', () => {
  it.each([
    [usual(), 'As usual: every 90 days', 'Set in Settings'],
    [usual({ everyDays: 45, from: 'provider' }), 'As usual: every 45 days', 'Set for every key of Parcelway'],
    [
      usual({ everyDays: null, from: 'connection' }),
      'As usual: never',
      'Set for the connection Parcelway account',
    ],
    [null, 'As usual', 'What the connection of each key, its provider or the settings say'],
  ])('is as usual at first, and says whose word that is', async (words, label, description) => {
    open({ usual: words });
    expect(button().textContent).toContain(label);
    fireEvent.click(button());
    const first = (await screen.findAllByRole('option'))[0];
    expect(first?.textContent).toBe(`${label}${description}`);
  });

  it('offers the usual presets, and the one that the provider recommends marked among them in order', async () => {
    open({ recommended: recommends(45) });
    fireEvent.click(button());
    const options = (await screen.findAllByRole('option')).map(({ textContent }) => textContent);
    expect(options.slice(1)).toEqual([
      'Every 30 days',
      'Every 45 daysWhat Parcelway recommends',
      'Every 60 days',
      'Every 90 days',
      'Every 180 days',
      'Every 365 days',
      'Another number of days',
      'Never',
    ]);
  });

  it('takes any other number of days', async () => {
    const chosen = open();
    await choose(/Another number/);
    fireEvent.change(screen.getByLabelText('Days'), { target: { value: '21' } });
    expect(policyOf(chosen.current)).toEqual({ everyDays: 21 });
  });

  it('asks why, where a key is never rotated', async () => {
    const chosen = open();
    await choose(/Never/);
    expect(periodProblems(chosen.current)).toHaveProperty(['period.because']);
    fireEvent.change(screen.getByLabelText('Why never?'), { target: { value: ' Burned into the meter ' } });
    expect(periodProblems(chosen.current)).toEqual({});
    expect(policyOf(chosen.current)).toEqual({ everyDays: null, because: 'Burned into the meter' });
  });

  it.each(['', '0', '-3', '1.5', '3651', 'ninety'])('does not take “%s” for days', (days) => {
    expect(periodProblems({ choice: 'own', days })).toHaveProperty(['period.days']);
  });

  it('proposes in sight what the provider recommends where it is shorter, and never takes it unasked', () => {
    const chosen = open({ recommended: recommends(30) });
    expect(policyOf(chosen.current)).toEqual({});
    screen.getByText('Parcelway recommends every 30 days.');
    fireEvent.click(screen.getByRole('button', { name: 'Use 30 days' }));
    expect(policyOf(chosen.current)).toEqual({ everyDays: 30 });
    expect(screen.queryByText(/recommends/)).toBeNull();
  });

  it.each([
    { choice: 'usual' },
    { choice: 'days', days: 30 },
    { choice: 'own', days: '7' },
    { choice: 'own', days: '' },
  ] as const)('says nothing of a recommendation that is kept', (value) => {
    open({ value, recommended: recommends(90) });
    expect(screen.queryByText(/recommends/)).toBeNull();
  });

  it.each([{}, { everyDays: 45 }, { everyDays: null, because: 'Hardware' }])(
    'shows a policy and gives back the same',
    (policy) => {
      expect(policyOf(periodDraftOf(policy))).toEqual(policy);
    },
  );
});
