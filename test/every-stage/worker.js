// Entry of the child processes of setup.ts: TypeScript from here on.
process.env.CDK_VALIDATION = 'false';
require('ts-node/register');
const { synthesizeStages } = require('./synthesize-stages');

synthesizeStages(JSON.parse(process.argv[2]));
