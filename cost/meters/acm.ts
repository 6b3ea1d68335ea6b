import { Unpriceable } from '../meter';
import type { Meter } from '../meter';
import { property } from '../property';

/** Certificate Manager: public certificates are free; private ones are billed when issued, which a monthly figure does not tell. */
export const acmMeters: Meter[] = [
  {
    type: 'AWS::CertificateManager::Certificate',
    needs: [],
    charges(certificate) {
      if (property(certificate, 'CertificateAuthorityArn') === undefined) return [];
      throw new Unpriceable('a private certificate is billed once, when it is issued; a public one can be priced');
    },
  },
];
