import { grouped, hourly, monthly } from '../charges';
import { Unpriceable } from '../meter';
import type { Meter } from '../meter';
import { textAt } from '../property';

/** How many nodes hold the messages, and how the price book names the arrangement, whose price covers all of its nodes. */
const DEPLOYMENTS: Record<string, { nodes: number; name: string }> = {
  SINGLE_INSTANCE: { nodes: 1, name: 'single instance' },
  ACTIVE_STANDBY_MULTI_AZ: { nodes: 2, name: 'active/standby, 2 nodes' },
  CLUSTER_MULTI_AZ: { nodes: 3, name: 'cluster, 3 nodes' },
};

const ENGINES: Record<string, string> = { RABBITMQ: 'RabbitMQ', ACTIVEMQ: 'ActiveMQ' };

const STORAGE: Record<string, string> = {
  EBS: 'EBS (RabbitMQ; ActiveMQ throughput-optimised)',
  EFS: 'EFS (ActiveMQ durability-optimised)',
};

/**
 * Amazon MQ: the broker by the hour, as one price for its one, two or three nodes, and storage. EBS volumes belong to a node, so
 * a cluster stores everything three times; EFS is shared. https://aws.amazon.com/amazon-mq/pricing/
 */
export const amazonMqMeters: Meter<'AWS::AmazonMQ::Broker'>[] = [
  {
    type: 'AWS::AmazonMQ::Broker',
    needs: ['storedGb'],
    charges(broker, { storedGb = 0 }) {
      const engine = known(ENGINES, textAt(broker, 'EngineType').toUpperCase(), 'EngineType');
      const { nodes, name } = known(DEPLOYMENTS, textAt(broker, 'DeploymentMode').toUpperCase(), 'DeploymentMode');
      const type = textAt(broker, 'HostInstanceType');
      const medium = textAt(broker, 'StorageType', engine === 'RabbitMQ' ? 'EBS' : 'EFS').toUpperCase();
      const copies = medium === 'EBS' ? nodes : 1;
      const storage = { service: 'MQ', dimension: 'broker storage', spec: known(STORAGE, medium, 'StorageType') };
      const instance = { service: 'MQ', dimension: 'broker instance', spec: `${engine} ${type} ${name}` };
      return [
        hourly(`broker ${engine} ${type}, ${name}`, 1, `1 broker (${name})`, instance),
        monthly(`broker storage ${medium}`, storedGb * copies, `${grouped(storedGb)} GB on each of ${copies} volumes`, storage),
      ];
    },
  },
];

function known<T>(table: Record<string, T>, name: string, property: string): T {
  const entry = table[name];
  if (entry === undefined) throw new Unpriceable(`${property} is ${name}; ${Object.keys(table).join(', ')} can be priced`);
  return entry;
}
