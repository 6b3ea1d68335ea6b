import { DAEMONS } from '../../plan/catalogue/node-room';
import { quantities, systemPods } from '../../plan/cluster-system-pods';
import { smallest } from '../../plan/smallest';
import { addonSettings } from '../../stacks/addon-settings';
import { tinyStatefulPlan } from '../plan/tiny-stateful';
import { isolated } from './isolated';
import { tinyPlan } from './tiny-shop';

const [deployment] = tinyPlan('zones').deployments as [ReturnType<typeof tinyPlan>['deployments'][number]];
const { addonSettings: addons, observability } = addonSettings(deployment);
const planned = (name: string) => systemPods(deployment.parts).find((s) => s.service === name)!;

test('add-ons run as many pods, as large, as the nodes were counted for', () => {
  expect(addons!.coredns).toMatchObject({
    replicaCount: planned('coredns').pods.peak,
    resources: { requests: quantities(planned('coredns')) },
  });
  expect(observability!.settings).toMatchObject({
    agent: { resources: { requests: quantities(DAEMONS['cloudwatch-agent']) } },
    fluentBit: { resources: { requests: quantities(DAEMONS['fluent-bit']) } },
    manager: { resources: { requests: quantities(planned('cloudwatch-operator')) } },
  });
});

test('metrics are made of measurements where the plan has them', () => {
  expect(observability!.metrics ?? true).toBe(true);
  expect(addonSettings({ ...deployment, podMetrics: false }).observability!.metrics).toBe(false);
});

test('they stand on the tier they were counted on, which is never an isolated one', () => {
  const tierOf = (settings: object | undefined) =>
    (settings as { nodeSelector: Record<string, string> }).nodeSelector['scaleprint.dev/tier'];
  const tiers = (from: typeof deployment) => {
    const { addonSettings: a, observability: o } = addonSettings(from);
    return [a!.coredns, a!['metrics-server'], o!.settings!.manager].map(tierOf);
  };
  expect(tiers(deployment)).toEqual(['web', 'web', 'web']);
  const [apart] = isolated(tinyPlan('zones'), 'sockets').deployments;
  expect(tiers(apart!)).toEqual(['web', 'web', 'web']);
});

test('what makes volumes is there where pods claim any, and what attaches them on their nodes alone', () => {
  expect([addonSettings(deployment).volumes, addons]).toEqual([
    false,
    expect.not.objectContaining({ 'aws-ebs-csi-driver': expect.anything() }),
  ]);
  const [claiming] = tinyStatefulPlan('zones').deployments;
  const { volumes, addonSettings: settings } = addonSettings(claiming!);
  const driver = settings!['aws-ebs-csi-driver'] as any;
  expect(volumes).toBe(true);
  expect(driver.controller.replicaCount).toBe(systemPods(claiming!.parts).find((s) => s.service === 'ebs-csi-controller')!.pods.peak);
  const [term] = driver.node.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms;
  expect(term.matchExpressions).toEqual([{ key: 'scaleprint.dev/tier', operator: 'In', values: ['control'] }]);
  expect(addonSettings(smallest(tinyStatefulPlan('zones')).deployments[0]!).volumes).toBe(false);
});
