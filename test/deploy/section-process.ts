import { resultOf, SECTIONS } from './sections';

// Runs the one section it is named and tells its parent what it came to. Leaving through process.exit is what stops whatever it started.
for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const) process.once(signal, () => process.exit(code)); // prettier-ignore
process.once('disconnect', () => process.exit(1));
void resultOf(SECTIONS[process.argv[2]!]!).then((result) => process.send!(result, () => process.exit(0)));
