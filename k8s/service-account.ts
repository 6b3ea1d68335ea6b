import { ServiceAccount } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Workload } from './cell';

/** The workload's own identity. EKS Pod Identity knows it by name, so it carries no annotation; no pod talks to the cluster's API. */
export const addServiceAccount = (scope: Construct, { id }: Workload): ServiceAccount =>
  new ServiceAccount(scope, 'account', { metadata: { name: id }, automountToken: false });
