import { nameOfOne, numbersTo } from '../plan/fleets';
import type { ServicePart } from '../plan/sizing/service';
import { fleetLabels } from './labels';

/** One of the equal Deployments a service runs as. */
export interface Fleet {
  service: ServicePart;
  /** 1 and up; of each part in front, it is behind the balancer of the same number. */
  number: number;
  /** Of its objects: `ws-gateway-2`; the service's id where it is the only one. */
  name: string;
  /** Labels its pods are found by. */
  selector: Record<string, string>;
  /** Its own share. */
  pods: ServicePart['pods'];
}

export const fleetsOf = (service: ServicePart): Fleet[] =>
  numbersTo(service.fleets).map((number) => ({
    service,
    number,
    name: nameOfOne(service.id, number, service.fleets),
    selector: fleetLabels(service, number),
    pods: {
      min: service.pods.min / service.fleets,
      expected: service.pods.expected / service.fleets,
      peak: service.pods.peak / service.fleets,
    },
  }));
