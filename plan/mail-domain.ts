import type { Flow } from './flow';
import { CLIENTS } from './part-ref';
import type { Part } from './sizing';

/**
 * What a stage publishes of its domain as one of mail. Which servers take its mail, and which may send in its name, follows from flows:
 * who listens on port 25, who calls it elsewhere, and whether mail leaves through a channel.
 */
export interface MailDomain {
  /** What others do with mail in its name that neither SPF nor DKIM vouches for (RFC 7489, section 6.3). */
  dmarc: 'none' | 'quarantine' | 'reject';
  /** Whether others must deliver over TLS or not at all, or only report where they could not (RFC 8461, section 5). @default 'enforce' */
  mtaSts?: 'testing' | 'enforce';
  /** Mailbox of the domain that gets what others report. @default 'postmaster' */
  reportsTo?: string;
}

interface Declared {
  readonly parts: readonly Part[];
  readonly flows: readonly Flow[];
}

/** Port at which mail servers hear each other. */
export const SMTP = 25;

/** Part that takes mail for the domain, as clients see it: an accelerator, a balancer, or a service of the one machine. */
export const takesMail = ({ flows }: Pick<Declared, 'flows'>): string | undefined =>
  flows.find(({ from, listener }) => from === CLIENTS && listener?.port === SMTP && listener.protocol === 'tcp')?.to;

/** Whether pods hand mail to other servers themselves. */
export const sendsItself = ({ parts, flows }: Declared): boolean =>
  parts.some((part) => part.kind === 'external' && part.spec.port === SMTP && flows.some(({ to }) => to === part.id));

/** Whether mail leaves through AWS's own mail service. */
export const sendsByChannel = ({ parts }: Pick<Declared, 'parts'>): boolean =>
  parts.some((part) => part.kind === 'channel' && part.medium === 'email');

/** @throws {Error} on a domain of mail for which nobody takes any: a defect of the system file */
export function requireMailServers(mail: MailDomain | undefined, declared: Declared): void {
  if (mail && !takesMail(declared)) throw new Error(`a domain of mail takes a front that listens on tcp ${SMTP}`);
}
