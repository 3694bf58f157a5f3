import { type ApiProblem, asProblem } from '@sharestack/api/problem.ts';
import type { Group } from '../queries.ts';
import type { NewGroup } from './queries.ts';

/** A group as its form holds it; rules are lines. */
export interface WrittenGroup {
  name: string;
  slug: string;
  description: string;
  rules: string;
  access: Group['access'];
}

export const EMPTY_GROUP: WrittenGroup = { name: '', slug: '', description: '', rules: '', access: 'public' };

export const writtenOf = ({ name, slug, description, rules, access }: Group): WrittenGroup => ({
  name,
  slug,
  description,
  rules: rules.join('\n'),
  access,
});

/** As the API takes it; without a slug one is made of the name. */
export function bodyOf({ name, slug, description, rules, access }: WrittenGroup): NewGroup {
  return {
    name: name.trim(),
    ...(slug.trim() ? { slug: slug.trim() } : {}),
    description: description.trim(),
    rules: rules
      .split('\n')
      .map((rule) => rule.trim())
      .filter(Boolean),
    access,
  };
}

export const FIELDS = ['name', 'slug', 'description', 'rules', 'access'] as const;
export type GroupField = (typeof FIELDS)[number];

/** The fields that the API could not take. */
export function refusedFields(error: unknown): ReadonlySet<GroupField> {
  const problem: ApiProblem | null = error ? asProblem(error) : null;
  if (problem?.code === 'slug_taken') return new Set(['slug']);
  const said = problem?.status === 422 ? problem.fields.map(({ field }) => field) : [];
  return new Set(FIELDS.filter((name) => said.some((field) => field.split('.')[1] === name)));
}
