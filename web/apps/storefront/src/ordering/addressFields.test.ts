import { ApiProblem } from '@sharestack/api/problem.ts';
import { expect, test, vi } from 'vitest';
import { addressTexts } from './addresses/texts.ts';
import {
  type Address,
  addressFormat,
  addressProblems,
  likelyCountry,
  missingFields,
  readAddress,
  requiredFields,
} from './addressFields.ts';

const t = addressTexts.en;
const ADDRESS: Address = { name: 'Ada', line1: '1 Main St', city: 'Reno', country: 'US' };
const FACTS = { code: 'XX', is_delivered: true, has_regions: true, needs_region: true, needs_postal_code: true };

test('an address is asked for as its country writes it', () => {
  expect(addressFormat('US').rows.flat()).toContain('region');
  expect(addressFormat('GB').rows.flat()).not.toContain('region');
  expect(addressFormat('CN').rows[1]).toEqual(['region', 'city']);
  expect(addressFormat('HK').rows.flat()).not.toContain('postal_code');
  expect(addressFormat('BR').rows.flat()).toEqual(['name', 'line1', 'line2', 'postal_code', 'city', 'region', 'phone']);
});

test('what an address has is shown, also where its country has no use for it', () => {
  const filled = { ...ADDRESS, country: 'GB', region: 'Kent', company: 'Engines' };
  expect(addressFormat('GB', filled).rows.at(-1)).toEqual(['region']);
});

test('what is missing is told before it is sent, and follows the prices of the shop', () => {
  expect(missingFields(t, ADDRESS)).toEqual({ region: t.missingChoice, postal_code: t.missing });
  expect(missingFields(t, { ...ADDRESS, country: 'BR' })).toEqual({});
  expect(requiredFields('BR', FACTS)).toEqual(expect.arrayContaining(['region', 'postal_code']));
});

test('a refusal is said at its field, of the address that it is about', () => {
  const fields = [
    { field: 'body.billing_address.phone', message: 'pattern' },
    { field: 'body.billing_address.city', message: 'too long' },
    { field: 'body.shipping_address.name', message: 'too long' },
    { field: 'body.email', message: 'no address' },
  ];
  const problem = new ApiProblem(422, 'validation_failed', { fields });
  expect(addressProblems(t, problem, 'billing_address')).toEqual({ phone: t.fieldProblems.phone, city: t.checkField });
});

test('a form of two addresses is read by their prefixes', () => {
  const form = document.createElement('form');
  form.innerHTML =
    '<input name="name" value=" Ada "><input name="billing_name" value="Grace"><input name="billing_line2">';
  expect(readAddress(form)).toEqual({ name: 'Ada', line1: '', city: '', country: '' });
  expect(readAddress(form, 'billing_').name).toBe('Grace');
});

test('where somebody probably is', () => {
  const languages = vi.spyOn(navigator, 'languages', 'get');
  languages.mockReturnValue(['de', 'fr-CH']);
  expect(likelyCountry('en')).toBe('CH');
  languages.mockReturnValue([]);
  expect([likelyCountry('zh-CN'), likelyCountry('en')]).toEqual(['CN', 'US']);
});
