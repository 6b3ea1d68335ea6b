import { acmMeters } from '../../../cost/meters/acm';
import { bill } from './bill';

test('public certificates are free, private ones cannot be priced by the month', () => {
  const certificate = (Properties = {}) => bill(acmMeters, 'It', { It: { Type: 'AWS::CertificateManager::Certificate', Properties } });
  expect(certificate({ DomainName: 'example.com' })).toEqual([]);
  expect(() => certificate({ CertificateAuthorityArn: 'arn' })).toThrow(/a private certificate is billed once/);
});
