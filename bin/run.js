#!/usr/bin/env node
// The installed command: TypeScript runs as it is, transpiled by esbuild on the way in.
process.env.TS_NODE_PROJECT ??= require('node:path').join(__dirname, '..', 'tsconfig.json');
// Its versions are pinned here, so its warning of what later ones will need says nothing to who runs this.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
// Told to end, it leaves by its own door, where what it wrote for a while is removed; unless somebody has to do something about it first.
for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]]) process.on(signal, () => process.listenerCount(signal) === 1 && process.exit(code)); // prettier-ignore
require('ts-node/register');
require('./scaleprint');
