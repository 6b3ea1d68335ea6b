import { SearchDomain } from '../../constructs/search-domain';
import type { ManagedService } from '../../constructs/managed-service';
import type { SearchPart } from '../../plan/sizing/search';
import { slowLogUsage } from '../usage/service-logs';
import { type Around, inNetwork } from './around';

export const search = (part: SearchPart, around: Around): ManagedService =>
  new SearchDomain(around.stack, part.id, {
    ...inNetwork(around, part.id),
    zones: around.deployment.zones,
    instanceType: part.instanceType,
    dataNodes: part.dataNodes,
    storageGib: part.storageGibPerNode,
    masters: part.masterNodes ? { count: part.masterNodes, instanceType: part.masterType } : undefined,
    // Automated snapshots are free.
    usage: { 'AWS::OpenSearchService::Domain': { snapshotGb: 0 }, 'AWS::Logs::LogGroup': slowLogUsage(part) },
  });
