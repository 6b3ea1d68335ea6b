require('./test/temporary-folder');

// Apps that tests make by themselves would each start the library's rule engine; test/rules runs it once over everything.
process.env.CDK_VALIDATION = 'false';
// As in bin/run.js.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

// Told to end, it leaves by the door where that folder is removed.
for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]]) process.once(signal, () => process.exit(code)); // prettier-ignore

/** Rules over every stage need all of them synthesized first; unit tests do not wait for that. */
const common = {
  testEnvironment: 'node',
  cacheDirectory: '<rootDir>/.cache/jest',
  transform: { '^.+\\.ts$': '<rootDir>/bin/esbuild-transpiler.js' },
};

module.exports = {
  maxWorkers: 2,
  workerIdleMemoryLimit: '2GB',
  projects: [
    {
      ...common,
      displayName: 'units',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/rules/', '<rootDir>/test/snapshots.test.ts'],
    },
    {
      ...common,
      displayName: 'every stage',
      testMatch: ['<rootDir>/test/rules/**/*.test.ts', '<rootDir>/test/snapshots.test.ts'],
      globalSetup: '<rootDir>/test/every-stage/setup.ts',
    },
  ],
};
