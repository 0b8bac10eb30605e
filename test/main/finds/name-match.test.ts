import { expect, it } from 'vitest';
import { fitOfName } from '../../../main/finds/name-match.ts';
import { builtIn } from './finds-world.ts';

function fitOf(variable: string, providerId: string, field = 'API_KEY') {
  const provider = builtIn.summaries().find(({ id }) => id === providerId);
  const known = provider?.fields.find(({ name }) => name === field);
  if (provider === undefined || known === undefined) throw new Error(`No field ${field} of ${providerId}`);
  return fitOfName(variable, provider, known);
}

it.each([
  ['STRIPE_SECRET_KEY', 'exact'],
  ['stripe_secret_key', 'exact'],
  ['SHOP_STRIPE_SECRET_KEY', 'within'],
  ['STRIPE_SECRET_KEY_LIVE', 'within'],
  ['STRIPE_SECRET_KEY_2', 'within'],
  ['STRIPE_KEY', 'like'],
  ['STRIPE_API_KEY', 'like'],
  ['STRIPE_LIVE_SECRET', 'like'],
  ['STRIPE_PUBLISHABLE_KEY', 'none'],
  ['STRIPE_WEBHOOK_SECRET', 'none'],
  ['STRIPE_LIVE', 'none'],
  ['STRIPED_SECRET_KEY', 'none'],
  ['MYSTRIPE_SECRET_KEY', 'none'],
  ['SECRET_KEY', 'none'],
])('the variable %s fits Stripe’s key: %s', (variable, expected) => {
  expect(fitOf(variable, 'stripe')).toBe(expected);
});

it('a proposed name that tells nothing of the provider fits only exactly', () => {
  expect(fitOf('API_KEY', 'bearer-rest')).toBe('exact');
  expect(fitOf('WEATHER_API_KEY', 'bearer-rest')).toBe('none');
});

it('the fields of a key with several are told apart by their whole names', () => {
  expect(fitOf('RESMIC_API_KEY', 'resmic')).toBe('exact');
  expect(fitOf('SHOP_RESMIC_USER_ID', 'resmic', 'USER_ID')).toBe('within');
  expect(fitOf('RESMIC_KEY', 'resmic')).toBe('none');
  expect(fitOf('RESMIC_USER_ID', 'resmic')).toBe('none');
});

it('a provider is known by its own name too where its variable has another', () => {
  expect(fitOf('DD_API_KEY', 'datadog')).toBe('exact');
  expect(fitOf('DATADOG_API_KEY', 'datadog')).toBe('like');
  expect(fitOf('DD_APP_KEY', 'datadog')).toBe('none');
});
