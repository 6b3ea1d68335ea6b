import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { everyStage, type SynthesizedStage } from '../every-stage';

interface Release {
  name: string;
  namespace: string;
  values: [Record<string, unknown>];
}

/** What each cluster's helmfile installs, by the cell's folder. */
function releasesOf({ folder }: SynthesizedStage): Map<string, Release[]> {
  const controllers = join(folder, 'controllers');
  const cells = existsSync(controllers) ? readdirSync(controllers) : [];
  return new Map(
    cells.map((cell) => [
      cell,
      (parse(readFileSync(join(controllers, cell, 'helmfile.yaml'), 'utf8')) as { releases: Release[] }).releases,
    ]),
  );
}

/** Charts that bring a kind, and what acts on it. */
const BRINGS: Record<string, string> = {
  TargetGroupBinding: 'aws-load-balancer-controller',
  ScaledObject: 'keda',
  TriggerAuthentication: 'keda',
};

/** Names of service accounts, wherever the chart keeps them. */
const accountsIn = (values: unknown): string[] =>
  typeof values !== 'object' || values === null
    ? []
    : Object.entries(values).flatMap(([key, value]) =>
        key === 'serviceAccount' ? namesIn(value as Record<string, unknown>) : accountsIn(value),
      );
const namesIn = (account: Record<string, unknown>): string[] =>
  typeof account.name === 'string' ? [account.name] : Object.values(account).flatMap((a) => namesIn(a as Record<string, unknown>));

describe.each(everyStage)('controllers of %s', (_, stage) => {
  const releases = releasesOf(stage);
  const clusters = stage.plan.deployments.filter(({ platform }) => platform === 'eks').reduce((n, { cells }) => n + cells, 0);

  test('are there for every cluster, and bring what its manifests use', () => {
    expect(releases.size).toBe(clusters);
    for (const [cell, charts] of releases) {
      const { objects } = stage.folders.find(({ folder }) => folder === cell)!;
      const used = new Set(objects.flatMap(({ kind }) => BRINGS[kind] ?? []));
      const names = charts.map(({ name }) => name);
      expect(names).toContain('cluster-autoscaler');
      expect(names.filter((name) => Object.values(BRINGS).includes(name)).sort()).toEqual([...used].sort());
    }
  });

  test('run under the names the stacks give roles to', () => {
    const roles = stage.templates.flatMap((t) =>
      Object.values(t.resources).flatMap(({ Type, Properties: p }) =>
        Type === 'AWS::EKS::PodIdentityAssociation' ? [`${String(p!.Namespace)}/${String(p!.ServiceAccount)}`] : [],
      ),
    );
    const own = new Set(roles.filter((role) => !role.startsWith(`${stage.plan.system}/`)));
    const accounts = new Set([...releases.values()].flat().flatMap((r) => accountsIn(r.values[0]).map((name) => `${r.namespace}/${name}`)));
    expect([...accounts].sort()).toEqual([...own].sort());
  });
});
