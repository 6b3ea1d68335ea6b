// One transpiler for ts-node (`create`) and jest (`process`): esbuild, because type checking belongs to `npm run check`
// and because the lock file of @swc/core does not survive `npm ci` on every registry (docs/decisions/0001).
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { transformSync, version } = require('esbuild');

const options = { loader: 'ts', format: 'cjs', target: 'node20', sourcemap: 'external', supported: { 'dynamic-import': false } };

function transpile(code, sourcefile) {
  const { code: output, map } = transformSync(code, { ...options, sourcefile });
  return { output, map };
}

module.exports = {
  create: () => ({
    transpile: (code, { fileName }) => {
      const { output, map } = transpile(code, fileName);
      return { outputText: output, sourceMapText: map };
    },
  }),
  process: (code, path) => {
    const { output, map } = transpile(code, path);
    return { code: output, map };
  },
  getCacheKey: (code, path) =>
    createHash('sha256').update(version).update(readFileSync(__filename)).update(path).update(code).digest('hex'),
};
