import { aws_certificatemanager as acm } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

export interface CertificateProps {
  readonly domainName: string;
  /** Public Route 53 zone that answers for the domain; it gets the validation record. */
  readonly hostedZoneId: string;
}

/** A certificate for a domain and everything one level below it, renewed by ACM as long as the zone answers. */
export class Certificate extends acm.CfnCertificate {
  constructor(scope: Construct, id: string, { domainName, hostedZoneId }: CertificateProps) {
    super(scope, id, {
      domainName,
      subjectAlternativeNames: [`*.${domainName}`],
      validationMethod: 'DNS',
      domainValidationOptions: [{ domainName, hostedZoneId }],
    });
  }
}
