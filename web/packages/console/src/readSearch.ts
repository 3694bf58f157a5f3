type Shape = Readonly<Record<string, readonly string[] | 'text' | 'id' | 'day' | 'whole'>>;
type Chosen<S extends Shape> = {
  -readonly [Name in keyof S]?: S[Name] extends readonly string[] ? S[Name][number] : string;
};

const FORMS = {
  id: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  day: /^\d{4}-\d{2}-\d{2}$/,
  whole: /^\d{1,15}$/,
};
const LONGEST = 254;
/** A router reads `true` and `12` as what they look like. */
const SCALARS: ReadonlySet<string> = new Set(['string', 'number', 'boolean']);

/** What an address chooses of a list: names and values that the list knows; others are left out. */
export function readSearch<const S extends Shape>(raw: Record<string, unknown>, shape: S): Chosen<S> {
  const chosen: Record<string, string> = {};
  for (const [name, form] of Object.entries(shape)) {
    const said = raw[name];
    const value = SCALARS.has(typeof said) ? String(said).trim().slice(0, LONGEST) : '';
    if (value && isOf(form, value)) chosen[name] = value;
  }
  return chosen as Chosen<S>;
}

function isOf(form: Shape[string], value: string): boolean {
  if (typeof form !== 'string') return form.includes(value);
  if (form === 'text') return true;
  return FORMS[form].test(value) && (form !== 'day' || !Number.isNaN(Date.parse(value)));
}
