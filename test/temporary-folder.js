// Gives a run of tests a temporary folder of its own, for all its processes, and removes it when this one leaves: apps of the CDK without a
// folder for their output, command lines that are killed on purpose and tools of others leave things there.
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const folder = mkdtempSync(join(tmpdir(), 'scaleprint-test-'));
process.env.TMPDIR = folder;
process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
