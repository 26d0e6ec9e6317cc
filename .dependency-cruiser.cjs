/** The rules of dependence (src/README.md). Each message tells the violator what to do. */
const adapters = 'asterisk|store|speech|connectors|files|notify|http|jobs|cli';
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'Two modules need each other: move what both need into a third one.',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'domain-is-the-ground',
      severity: 'error',
      comment: 'src/domain holds the words of the trade and imports no other room: move the code up, or the word down.',
      from: { path: '^src/domain' },
      to: { path: '^src/(?!domain)' },
    },
    {
      name: 'pure-rooms-look-down',
      severity: 'error',
      comment: 'Pure rooms (flow, acd, dialer) import the domain only; ask for data as a parameter instead.',
      from: { path: '^src/(flow|acd|dialer)/' },
      to: { path: '^src/(?!domain|flow|acd|dialer)' },
    },
    {
      name: 'pure-rooms-use-no-node',
      severity: 'error',
      comment: 'Pure rooms touch no file, socket, clock or process: take the value as a parameter, or go through a port.',
      from: { path: '^src/(domain|flow|acd|dialer)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'ports-are-types',
      severity: 'error',
      comment: 'src/ports knows the domain and the pure rooms only.',
      from: { path: '^src/ports' },
      to: { path: '^src/(?!ports|domain|flow|acd|dialer)' },
    },
    {
      name: 'services-use-ports',
      severity: 'error',
      comment:
        'Services reach Asterisk, the database and the web through src/ports; wire the adapter where the service is opened (src/open-services.ts, src/open-telephone.ts, src/*-desk.ts).',
      from: { path: '^src/services' },
      to: { path: `^src/(${adapters}|network|setup|web|app|main)` },
    },
    {
      name: 'adapters-apart',
      severity: 'error',
      comment: 'Adapters never import each other: meet in a service or a port.',
      // The dispatcher of the commands, and what opens database and definition files for them, compose as src/app.ts and src/open-*.ts do for the engine.
      from: { path: `^src/(${adapters})/`, pathNot: '^src/cli/(santral|command-stores|flow-files)\\.ts$' },
      to: { path: `^src/(${adapters})/`, pathNot: '^src/$1/' },
    },
    {
      name: 'small-adapters-fill-ports',
      severity: 'error',
      comment:
        'connectors and files fill a port and know nothing else: let the composition root (src/open-services.ts) or a service bring together what you need.',
      from: { path: '^src/(connectors|files)/' },
      to: { path: '^src/(?!domain/|ports/|network/|connectors/|files/)' },
    },
    {
      name: 'network-knows-nobody',
      severity: 'error',
      comment: 'src/network judges addresses for the adapters: it imports no other room, and only adapters ask it.',
      from: { path: '^src/network' },
      to: { path: '^src/(?!network)' },
    },
    {
      name: 'nobody-imports-app',
      severity: 'error',
      comment: 'src/app.ts composes everything and is imported by main and the command line only.',
      from: { path: '^src/(?!main\\.ts|cli/)' },
      to: { path: '^src/(app|main)\\.ts' },
    },
    {
      name: 'web-stands-alone',
      severity: 'error',
      comment: 'The browser’s code shares only the domain’s types with the engine.',
      from: { path: '^src/web' },
      to: { path: '^src/(?!web|domain)' },
    },
    {
      name: 'declared-packages',
      severity: 'error',
      comment: 'Add the package to package.json.',
      from: { path: '^src' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js'] },
  },
};
