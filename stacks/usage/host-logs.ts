import type { UsageByType } from '../../cost/usage';
import type { HostFleetPart } from '../../plan/sizing/host-fleet';
import { MONTH } from '../../plan/units';
import { kept } from './log-storage';
import { gib } from './monthly';

/** Assumed: a line of 400 bytes every ten seconds from a host, about sessions that start, end and fail. */
const BYTES_A_SECOND = 400 / 10;

/** What hosts write, kept for a month. */
export const hostLogs = ({ hosts }: HostFleetPart): UsageByType['AWS::Logs::LogGroup'] =>
  kept(gib(hosts.expected * BYTES_A_SECOND * MONTH));
