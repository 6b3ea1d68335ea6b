import { Unpriceable } from '../../../cost/meter';
import { amazonMqMeters } from '../../../cost/meters/amazon-mq';
import { bill } from './bill';

const broker = (EngineType: string, HostInstanceType: string, DeploymentMode: string) => ({
  Tasks: { Type: 'AWS::AmazonMQ::Broker', Properties: { EngineType, HostInstanceType, DeploymentMode } },
});

describe('Amazon MQ', () => {
  test('a RabbitMQ cluster is one price for three nodes, each with its own copy of the messages', () => {
    // 0.864 is 3 x 0.288, the price of one node
    expect(bill(amazonMqMeters, 'Tasks', broker('RABBITMQ', 'mq.m5.large', 'CLUSTER_MULTI_AZ'), { storedGb: 20 })).toEqual([
      'broker RabbitMQ mq.m5.large, cluster, 3 nodes: 1 broker (cluster, 3 nodes) x 730 h = 730 hour at 0.864 = 630.72',
      'broker storage EBS: 20 GB on each of 3 volumes = 60 GB-month at 0.1 = 6',
    ]);
  });

  test('a single RabbitMQ broker has one node', () => {
    expect(bill(amazonMqMeters, 'Tasks', broker('RABBITMQ', 'mq.t3.micro', 'SINGLE_INSTANCE'), { storedGb: 20 })).toEqual([
      'broker RabbitMQ mq.t3.micro, single instance: 1 broker (single instance) x 730 h = 730 hour at 0.02704 = 19.74',
      'broker storage EBS: 20 GB on each of 1 volumes = 20 GB-month at 0.1 = 2',
    ]);
  });

  test('an ActiveMQ pair shares its EFS storage', () => {
    expect(bill(amazonMqMeters, 'Tasks', broker('ActiveMQ', 'mq.m5.large', 'ACTIVE_STANDBY_MULTI_AZ'), { storedGb: 20 })).toEqual([
      'broker ActiveMQ mq.m5.large, active/standby, 2 nodes: 1 broker (active/standby, 2 nodes) x 730 h = 730 hour at 0.576 = 420.48',
      'broker storage EFS: 20 GB on each of 1 volumes = 20 GB-month at 0.3 = 6',
    ]);
  });

  test('an instance type without a row has no price', () => {
    const [instance] = bill(amazonMqMeters, 'Tasks', broker('RABBITMQ', 'mq.m7g.large', 'CLUSTER_MULTI_AZ'));
    expect(instance).toMatch(/730 hour at no price$/);
  });

  test('an unknown deployment mode cannot be priced', () => {
    expect(() => bill(amazonMqMeters, 'Tasks', broker('RABBITMQ', 'mq.m5.large', 'TRIPLE'))).toThrow(
      new Unpriceable('DeploymentMode is TRIPLE; SINGLE_INSTANCE, ACTIVE_STANDBY_MULTI_AZ, CLUSTER_MULTI_AZ can be priced'),
    );
  });
});
