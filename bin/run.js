#!/usr/bin/env node
// The installed command: TypeScript runs as it is, transpiled by esbuild on the way in.
process.env.TS_NODE_PROJECT ??= require('node:path').join(__dirname, '..', 'tsconfig.json');
require('ts-node/register');
require('./scaleprint');
