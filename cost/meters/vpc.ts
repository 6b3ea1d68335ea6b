import { hourly, monthly, withoutZeros } from '../charges';
import { Unpriceable } from '../meter';
import type { Meter, PriceKey } from '../meter';
import { listAt, textAt } from '../property';
import { publicAddress } from './fleet';

const vpc = (dimension: string, spec?: string): PriceKey => ({ service: 'VPC', dimension, spec });
const transfer = (dimension: string, spec?: string): PriceKey => ({ service: 'DataTransfer', dimension, spec });

/**
 * Traffic of a network: between zones (billed to sender and receiver), to the internet, to other regions.
 * https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer
 */
const network: Meter<'AWS::EC2::VPC'> = {
  type: 'AWS::EC2::VPC',
  needs: ['crossZoneGbPerMonth', 'internetOutGbPerMonth', 'interRegionOutGbPerMonth'],
  charges: (_, { crossZoneGbPerMonth = 0, internetOutGbPerMonth = 0, interRegionOutGbPerMonth = 0 }) => [
    monthly(
      'data between zones',
      crossZoneGbPerMonth * 2,
      `${crossZoneGbPerMonth} GB x 2 directions`,
      transfer('cross-AZ, per direction'),
      'GB',
    ),
    monthly('data to the internet', internetOutGbPerMonth, `${internetOutGbPerMonth} GB`, transfer('internet out'), 'GB'),
    ...withoutZeros([
      monthly(
        'data to other regions',
        interRegionOutGbPerMonth,
        `${interRegionOutGbPerMonth} GB`,
        transfer('inter-region out', 'to most other regions'),
        'GB',
      ),
    ]),
  ],
};

/** NAT gateways: hours, and every GB that passes, whichever way. Their Elastic IP is billed by itself. */
const natGateway: Meter<'AWS::EC2::NatGateway'> = {
  type: 'AWS::EC2::NatGateway',
  needs: ['processedGbPerMonth'],
  charges: (_, { processedGbPerMonth = 0 }) => [
    hourly('NAT gateway', 1, '1 gateway', { service: 'NATGateway', dimension: 'hourly' }),
    monthly(
      'NAT data processed',
      processedGbPerMonth,
      `${processedGbPerMonth} GB`,
      { service: 'NATGateway', dimension: 'data processed' },
      'GB',
    ),
  ],
};

const elasticIp: Meter = {
  type: 'AWS::EC2::EIP',
  needs: [],
  charges: () => [hourly('public IPv4 address', 1, '1 address', publicAddress, 'address-hour')],
};

/** Interface endpoints bill an hour in each zone and each GB; gateway endpoints (S3, DynamoDB) are free. https://aws.amazon.com/privatelink/pricing/ */
const endpoint: Meter<'AWS::EC2::VPCEndpoint'> = {
  type: 'AWS::EC2::VPCEndpoint',
  needs: ['processedGbPerMonth'],
  charges(endpoint, { processedGbPerMonth = 0 }) {
    const type = textAt(endpoint, 'VpcEndpointType', 'Gateway');
    if (type === 'Gateway') return [];
    if (type !== 'Interface') throw new Unpriceable(`VpcEndpointType is ${type}; Interface and Gateway can be priced`);
    const zones = listAt(endpoint, 'SubnetIds').length;
    const processed = vpc('interface endpoint data processed');
    return [
      hourly('interface endpoint', zones, `${zones} zones`, vpc('interface endpoint')),
      monthly('interface endpoint data processed', processedGbPerMonth, `${processedGbPerMonth} GB`, processed, 'GB'),
    ];
  },
};

/** Flow logs, as logs that AWS vends; what they hold in CloudWatch is on the log group. https://aws.amazon.com/cloudwatch/pricing/ */
const flowLog: Meter<'AWS::EC2::FlowLog'> = {
  type: 'AWS::EC2::FlowLog',
  needs: ['deliveredGbPerMonth'],
  charges(flowLog, { deliveredGbPerMonth = 0 }) {
    const destination = textAt(flowLog, 'LogDestinationType', 'cloud-watch-logs');
    const dimension = { s3: 'vended log delivery to S3', 'cloud-watch-logs': 'vended log delivery' }[destination];
    if (!dimension) throw new Unpriceable(`LogDestinationType is ${destination}; s3 and cloud-watch-logs can be priced`);
    return [monthly(dimension, deliveredGbPerMonth, `${deliveredGbPerMonth} GB`, { service: 'CloudWatch', dimension }, 'GB')];
  },
};

export const vpcMeters: Meter[] = [network, natGateway, elasticIp, endpoint, flowLog];
