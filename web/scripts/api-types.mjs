// Writes packages/api/src/schema.d.ts from the API's own OpenAPI document. The types are never committed: they cannot
// be out of date. `fields=` makes sparse twins (`X_pruned`, everything optional) of the answers; a union with them
// would turn each property into `T | undefined`, so they are dropped first and `pick` types a sparse answer instead.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapi, { astToString } from 'openapi-typescript';

const root = fileURLToPath(new URL('../..', import.meta.url));
const python = `${root}.venv/bin/python`;
const target = fileURLToPath(new URL('../packages/api/src/schema.d.ts', import.meta.url));

const isSparse = (schema) => typeof schema?.$ref === 'string' && schema.$ref.endsWith('_pruned');

function withoutSparse(node) {
  if (Array.isArray(node)) return node.map(withoutSparse);
  if (node === null || typeof node !== 'object') return node;
  if (Array.isArray(node.anyOf) && node.anyOf.some(isSparse)) {
    const rest = node.anyOf.filter((schema) => !isSparse(schema));
    return rest.length === 1 ? withoutSparse(rest[0]) : { ...node, anyOf: rest.map(withoutSparse) };
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withoutSparse(value)]));
}

if (existsSync(python)) execFileSync(python, ['-m', 'infra.openapi'], { cwd: root, stdio: 'inherit' });
const document = withoutSparse(JSON.parse(readFileSync(`${root}build/openapi.json`, 'utf8')));
const schemas = document.components.schemas;
for (const name of Object.keys(schemas)) if (name.endsWith('_pruned')) delete schemas[name];
writeFileSync(target, astToString(await openapi(document, { defaultNonNullable: false })));
console.log('packages/api/src/schema.d.ts is current');
