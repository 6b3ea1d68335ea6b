import type { Construct } from 'constructs';
import { AuroraShard, type AuroraShardProps } from './aurora-shard';
import { ENGINES } from './database-engine';
import type { DatabaseShard } from './database-shard';
import { copiedSecret, type SecondaryMembership } from './global-database';

export interface AuroraCopyProps extends AuroraShardProps {
  readonly global: SecondaryMembership;
}

/**
 * A copy of an Aurora database of another region, a second or less behind: a secondary of an Aurora Global Database. It forwards
 * writes to its primary over Aurora's own network, so callers write to their own region's address and the networks need no peering.
 * A forwarded write takes the way to the other region and back; statements that change tables have to be run there.
 */
export class AuroraCopy extends AuroraShard implements DatabaseShard {
  /** The cluster endpoint rests until the copy takes over; all members answer at the other one. */
  readonly host: string;
  readonly readerHosts: readonly string[];
  readonly secretArn: string;
  readonly secretResource: string;

  /** @throws {Error} on counts Aurora refuses */
  constructor(scope: Construct, id: string, props: AuroraCopyProps) {
    super(scope, id, props);
    const { global } = props;
    const cluster = this.cluster(
      {
        globalClusterIdentifier: global.identifier,
        // CloudFormation signs the request for a copy of encrypted data with it.
        sourceRegion: global.primaryRegion,
        enableGlobalWriteForwarding: true,
      },
      ENGINES[props.engine].aurora.forwarding,
    );
    this.host = cluster.attrReadEndpointAddress;
    this.readerHosts = [this.host];
    ({ secretArn: this.secretArn, secretResource: this.secretResource } = copiedSecret(this, global));
  }
}
