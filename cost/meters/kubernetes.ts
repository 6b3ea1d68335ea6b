import { grouped, monthly } from '../charges';
import { HOURS_PER_MONTH, Unpriceable } from '../meter';
import type { Charge, Meter, Surroundings } from '../meter';
import { flagAt, listAt, numberAt, property, textAt } from '../property';
import type { Resource } from '../template';
import { storageClassId } from '../manifests';
import { volumeCharges } from './ebs';
import { loadBalancer } from './elb';

/** Storage on the node's own disk, which the node pays for: what k3s offers. */
const ON_NODE = 'local-path';

const BINARY_GB: Record<string, number> = {
  Ki: 2 ** -20,
  Mi: 2 ** -10,
  Gi: 1,
  Ti: 2 ** 10,
  k: 1e3 / 2 ** 30,
  M: 1e6 / 2 ** 30,
  G: 1e9 / 2 ** 30,
  T: 1e12 / 2 ** 30,
};

/** A claim becomes an EBS volume: as its storage class says where that is among the manifests, else of the type the class is named after. */
const claim: Meter = {
  type: 'Kubernetes::PersistentVolumeClaim',
  needs: [],
  charges: (claim, _, around) => claimed(claim, 'spec', 1, around),
};

/** Each replica of a stateful set claims its own volumes. */
const statefulSet: Meter = {
  type: 'Kubernetes::StatefulSet',
  needs: [],
  charges(set, _, around) {
    const replicas = numberAt(set, 'spec.replicas', 1);
    return listAt(set, 'spec.volumeClaimTemplates').flatMap((_, i) =>
      claimed(set, `spec.volumeClaimTemplates.${i}.spec`, replicas, around),
    );
  },
};

/** A service of type LoadBalancer becomes a Network Load Balancer; public addresses are left out, the manifest not knowing the zones. */
const service: Meter = {
  type: 'Kubernetes::Service',
  needs: loadBalancer.needs,
  charges: (service, usage, around) =>
    textAt(service, 'spec.type', 'ClusterIP') === 'LoadBalancer' ? loadBalancer.charges(internal(service, 'network'), usage, around) : [],
};

/** An ingress of class `alb` becomes an Application Load Balancer; other classes run in the cluster. */
const ingress: Meter = {
  type: 'Kubernetes::Ingress',
  needs: loadBalancer.needs,
  charges: (ingress, usage, around) =>
    textAt(ingress, 'spec.ingressClassName', '') === 'alb' ? loadBalancer.charges(internal(ingress, 'application'), usage, around) : [],
};

/** Seconds between two looks of an autoscaler at a metric that nobody caches, and of KEDA if it is not told. */
const LOOKS = { autoscaler: 15, keda: 30 };
const MONTH_SECONDS = HOURS_PER_MONTH * 3600;

/** KEDA asks CloudWatch for a metric of each of its triggers, as often as it polls or, uncached, as the autoscaler looks. */
const scaledObject: Meter = {
  type: 'Kubernetes::ScaledObject',
  needs: [],
  charges(object) {
    const triggers = listAt(object, 'spec.triggers').map((_, i) => `spec.triggers.${i}`);
    const asking = triggers.filter((at) => textAt(object, `${at}.type`, '') === 'aws-cloudwatch');
    if (asking.length === 0) return [];
    const polls = numberAt(object, 'spec.pollingInterval', LOOKS.keda);
    const looks = asking.map((at) => MONTH_SECONDS / (flagAt(object, `${at}.useCachedMetrics`) ? polls : LOOKS.autoscaler));
    const metrics = looks.reduce((sum, n) => sum + n, 0);
    const formula = `${grouped(metrics)} looks at a metric / 1k`;
    return [monthly('metrics of triggers', metrics / 1000, formula, { service: 'CloudWatch', dimension: 'GetMetricData' }, '1k metrics')];
  },
};

export const kubernetesMeters: Meter[] = [claim, statefulSet, service, ingress, scaledObject];

const internal = (resource: Resource, type: string): Resource => ({ ...resource, properties: { Type: type, Scheme: 'internal' } });

function claimed(resource: Resource, spec: string, count: number, around: Surroundings): Charge[] {
  const name = textAt(resource, `${spec}.storageClassName`, 'gp3');
  if (name === ON_NODE) return [];
  const gb = gibibytes(property(resource, `${spec}.resources.requests.storage`));
  const storageClass = around.follow({ Ref: storageClassId(name) });
  if (!storageClass) return volumeCharges({ type: name, gb }, count, 'persistent volume');
  const parameter = (key: string) => `parameters.${key}`;
  const type = textAt(storageClass, parameter('type'), 'gp3');
  const [iops, throughput] = ['iops', 'throughput'].map((key) => numberAt(storageClass, parameter(key), 0)) as [number, number];
  return volumeCharges({ type, gb, iops, throughput }, count, 'persistent volume');
}

/** @throws Unpriceable for what is no Kubernetes quantity, such as `20Gi`. */
function gibibytes(quantity: unknown): number {
  const [, amount, suffix = ''] = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(String(quantity)) ?? [];
  const factor = suffix === '' ? 2 ** -30 : BINARY_GB[suffix];
  if (amount === undefined || factor === undefined)
    throw new Unpriceable(`storage is ${JSON.stringify(quantity)}; a quantity such as 20Gi can be priced`);
  return Number(amount) * factor;
}
