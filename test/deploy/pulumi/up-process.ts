import { resolveAccount } from '../../../sandbox/account';
import { pulumiEngine } from '../../../sandbox/engines/pulumi';
import { HOME } from '../surroundings';

// Brings up what it is named, in a process that can be killed.
const [assembly, parameters] = process.argv.slice(2) as [string, string];
void resolveAccount(HOME).then((account) => pulumiEngine.up(assembly, JSON.parse(parameters) as Record<string, string>, account, () => {}));
