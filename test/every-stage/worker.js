// Entry of child processes that synthesize stages: TypeScript from here on.
require('ts-node').register({ dir: __dirname });
const { synthesizeStages } = require('./synthesize-stages');

const [stages, root] = process.argv.slice(2);
synthesizeStages(JSON.parse(stages), root);
