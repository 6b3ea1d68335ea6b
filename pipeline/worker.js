// Entry of the worker threads: TypeScript from here on.
require('ts-node').register({ dir: __dirname });
require('workerpool').worker(require('./tasks'));
