/** Sparse answers, typed: `pick<Product>()('id', 'slug')` is the value of `fields=`, and says what comes back. */
export interface Picked<K extends string> {
  readonly fields: string;
  readonly keys: readonly K[];
}

export const pick =
  <T>() =>
  <K extends keyof T & string>(...keys: K[]): Picked<K> => ({ fields: keys.join(','), keys });

export type PickedFrom<T, P> = P extends Picked<infer K> ? Pick<T, K & keyof T> : never;
