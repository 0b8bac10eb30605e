import { expect, test } from 'vitest';
import { parseJson } from '../../../main/providers/json.ts';

const big = '9007199254740993';

test.each([
  [big, big],
  [` ${big}`, big],
  [`-${big}`, `-${big}`],
  [`{"id":${big}}`, { id: big }],
  [`{"id": ${big}}`, { id: big }],
  [`{"id":\n\t-${big}}`, { id: `-${big}` }],
  [`[1,${big},"${big}"]`, [1, big, big]],
  [`[${big}0,${big}1]`, [`${big}0`, `${big}1`]],
  [`{"key_${big}":{"x":[${big}]}}`, { [`key_${big}`]: { x: [big] } }],
])('an id that a double cannot hold stays whole: %s', (text, value) => {
  expect(parseJson(text)).toEqual({ ok: true, value });
});

test.each([
  ['9007199254740991', 9007199254740991],
  ['0.1234567890123456789', 0.12345678901234568],
  ['[1.5e3,-0.1234567890123456]', [1500, -0.1234567890123456]],
  [`{"id":"key_${big}","at":"${big}"}`, { id: `key_${big}`, at: big }],
])('everything else is read as usual: %s', (text, value) => {
  expect(parseJson(text)).toEqual({ ok: true, value });
});

test('what is no JSON is told as such', () => {
  expect(parseJson(`{"id":${big}`)).toEqual({ ok: false, error: 'not-json' });
});
