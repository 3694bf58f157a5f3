/** The borders of the house; `npm run lint` checks them. */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'contexts-do-not-import-each-other',
      comment: 'A bounded context imports packages and itself; the shell puts contexts together.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/src/(?!shell/|render/|testing/)([^/]+)/', pathNot: '[.]test[.]tsx?$' },
      to: { path: '^apps/[^/]+/src/[^/]+/', pathNot: '^apps/$1/src/$2/' },
    },
    {
      name: 'packages-do-not-import-applications',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^apps/' },
    },
    {
      name: 'applications-do-not-import-each-other',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'only-queries-call-the-api',
      comment: 'All calls and their keys are in `queries.ts`; the shell and the render function make the client.',
      severity: 'error',
      from: { path: '^apps/[^/]+/src/(?!shell/|render/|testing/)[^/]+/', pathNot: '(queries|[.]test)[.]tsx?$' },
      to: { path: '^packages/api/src/(client|pick)[.]ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'tests-stay-out',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: '([.]test[.]tsx?$|/testing/)' },
      to: { path: '/testing/' },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(node_modules|schema[.]d[.]ts|public/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
    },
  },
};
