/** What a field of a form holds; moments are ISO 8601 in UTC, amounts whole numbers of minor units. */
export type Value = string | number | boolean | null | readonly string[];
export type Values = Record<string, Value>;
export type FieldProblems = Record<string, string>;

export type FieldKind =
  | 'text'
  | 'email'
  | 'secret'
  | 'lines'
  | 'list'
  | 'whole'
  | 'amount'
  | 'choice'
  | 'check'
  | 'day'
  | 'moment';

/** One field of a form, told apart by its name: that of the API's. */
export interface Field {
  name: string;
  label: string;
  kind: FieldKind;
  hint?: string;
  required?: boolean;
  /** Characters of a text, and of a line of a list. */
  maxLength?: number;
  /** Of whole numbers and amounts (minor units). */
  min?: number;
  max?: number;
  options?: readonly { value: string; label: string }[];
  /** Of amounts: ISO 4217. */
  currency?: string;
  rows?: number;
  /** Takes the whole width of a form with two columns. */
  wide?: boolean;
}
