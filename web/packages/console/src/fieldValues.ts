import { minorDigits } from '@sharestack/i18n/money.ts';
import type { Field, FieldProblems, Value, Values } from './field.ts';
import type { texts } from './texts.ts';

type Texts = (typeof texts)['en'];

/** What stands in a field that holds `value`. */
export function written(field: Field, value: Value | undefined): string {
  if (value === null || value === undefined) return '';
  if (field.kind === 'amount') return amountText(Number(value), field.currency ?? 'USD');
  if (field.kind === 'moment') return localMoment(String(value));
  if (Array.isArray(value)) return value.join('\n');
  return String(value);
}

export function amountText(amount: number, currency: string): string {
  const digits = minorDigits(currency);
  return (amount / 10 ** digits).toFixed(digits);
}

/** As `datetime-local` writes it, in the reader's own zone. */
function localMoment(instant: string): string {
  const moment = new Date(instant);
  if (Number.isNaN(moment.getTime())) return '';
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** What a form says, and what is wrong with it. A field that is empty is null. */
export function readFields(form: HTMLFormElement, fields: readonly Field[], t: Texts) {
  const data = new FormData(form);
  const values: Values = {};
  const problems: FieldProblems = {};
  for (const field of fields) {
    const text = String(data.get(field.name) ?? '').trim();
    const read = readField(field, field.kind === 'check' ? data.has(field.name) : text, t);
    if (read.problem) problems[field.name] = read.problem;
    else values[field.name] = read.value;
  }
  return { values, problems };
}

interface Read {
  value: Value;
  problem?: string;
}

function readField(field: Field, said: string | boolean, t: Texts): Read {
  if (typeof said === 'boolean') return { value: said };
  if (field.kind === 'list') return readList(field, said, t);
  if (!said) return field.required ? { value: null, problem: t.required } : { value: null };
  if (field.maxLength && [...said].length > field.maxLength) {
    return { value: null, problem: t.tooLong(field.maxLength) };
  }
  if (field.kind === 'whole') return readNumber(field, /^-?\d{1,15}$/.test(said) ? Number(said) : null, t.notWhole, t);
  if (field.kind === 'amount') {
    return readNumber(field, minorUnits(said, field.currency ?? 'USD'), t.notAmount(example(field)), t);
  }
  if (field.kind === 'moment') {
    const moment = new Date(said);
    return Number.isNaN(moment.getTime()) ? { value: null, problem: t.notMoment } : { value: moment.toISOString() };
  }
  return { value: said };
}

function readList(field: Field, said: string, t: Texts): Read {
  const lines = [...new Set(said.split(/[\n,，]/).map((line) => line.trim()))].filter(Boolean);
  if (field.required && lines.length === 0) return { value: null, problem: t.required };
  const { maxLength } = field;
  const isLong = maxLength !== undefined && lines.some((line) => [...line].length > maxLength);
  return isLong ? { value: null, problem: t.tooLong(maxLength) } : { value: lines };
}

function readNumber(field: Field, value: number | null, unread: string, t: Texts): Read {
  if (value === null) return { value: null, problem: unread };
  const { min, max } = field;
  const isOutside = (min !== undefined && value < min) || (max !== undefined && value > max);
  return isOutside ? { value: null, problem: range(field, t) } : { value };
}

function range(field: Field, t: Texts): string {
  const say = (value: number) => (field.kind === 'amount' ? amountText(value, field.currency ?? 'USD') : String(value));
  if (field.min !== undefined && field.max !== undefined) return t.between(say(field.min), say(field.max));
  return field.min !== undefined ? t.atLeast(say(field.min)) : t.atMost(say(field.max ?? 0));
}

const example = ({ currency = 'USD' }: Field) => amountText(1999, currency);

/** An amount as it was typed in minor units; null for what is none, and for parts of a cent. */
export function minorUnits(said: string, currency: string): number | null {
  const digits = minorDigits(currency);
  const match = /^(-?)(\d{1,12})(?:[.](\d+))?$/.exec(said.replaceAll(',', ''));
  if (!match || (match[3]?.length ?? 0) > digits) return null;
  const amount = Number(match[2]) * 10 ** digits + Number((match[3] ?? '').padEnd(digits, '0') || 0);
  return match[1] ? -amount : amount;
}

/** Whether two values are the same to a reader. */
export const isSame = (one: Value | undefined, other: Value | undefined): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
