import { requireTools } from '../../../sandbox/apps/tools';
import { SandboxError } from '../../../sandbox/sandbox-error';
import { tinyPlan } from '../../k8s/tiny-system';
import { StandIns } from './stand-ins';

let programs: StandIns;
beforeEach(() => (programs = new StandIns()));
afterEach(() => programs.remove());

test('names every program that is missing and how to get it', () => {
  programs.add('kubectl');
  // helm is there, its plug-in is not.
  programs.add('helm', '[ "$1" != diff ]');
  const ask = () => requireTools(tinyPlan('zones'));
  expect(ask).toThrow(SandboxError);
  expect(ask).toThrow(/lacks helmfile \(https:\S+\), helm-diff \(helmfile init\); .*--gitops DIR/);
});

test('is content where all are there', () => {
  for (const name of ['kubectl', 'helm', 'helmfile']) programs.add(name);
  expect(() => requireTools(tinyPlan('zones'))).not.toThrow();
});

test('one machine needs none, and neither does GitOps', () => {
  expect(() => requireTools(tinyPlan('box'))).not.toThrow();
  expect(() => requireTools(tinyPlan('zones'), { gitops: 'here' })).not.toThrow();
  expect(programs.calls()).toEqual([]);
});
