import { InputError } from '../plan/input-error';
import { inEnvironment } from '../plan/environment';
import { grownThrough } from '../plan/growth';
import { plan } from '../plan/plan';
import { synthesizeStage } from '../stacks/stage';
import { scaleprintApp } from '../stacks/synthesize';
import { allSystems, loadSystem } from '../systems';
import { figuresOf } from './stages';

/**
 * What `cdk.json` runs: `cdk synth -c system=marketplace -c stage=growth [-c set=key=value,key=value] [-c region=eu-west-1] [-c environment=production]
 * [-c from=launch,traction] [-c disposable=true]`.
 * Without a system or stage it lays out everything there is, for `cdk ls`.
 */
const app = scaleprintApp();
const context = (key: string): string | undefined => app.node.tryGetContext(key) as string | undefined;

try {
  const [systemId, stage] = [context('system'), context('stage')];
  const set = figuresOf(context('set')?.split(','));
  const systems = systemId ? [loadSystem(systemId)] : allSystems();
  for (const system of systems)
    for (const name of stage ? [stage] : Object.keys(system.stages)) {
      const held = (stage && context('from')?.split(',')) || [];
      const planned = grownThrough(
        held.map((earlier) => plan(system, earlier, {}, context('region'))),
        plan(system, name, set, context('region')),
      );
      const environment = stage && context('environment');
      synthesizeStage(app, environment ? inEnvironment(planned, environment) : planned, { disposable: context('disposable') === 'true' });
    }
  app.synth();
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`scaleprint: ${error.message}\n`);
  process.exitCode = 2;
}
