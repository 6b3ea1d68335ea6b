import { join } from 'node:path';
import { loadTemplates } from '../cost/assembly';
import { type Estimate, estimate } from '../cost/estimate';
import { loadManifests } from '../cost/manifests';
import type { PriceBook } from '../cost/price-book';
import { HOME_REGION } from '../plan/system';

/** Prices what {@link synthesize} wrote into a folder: its templates and its manifests, nothing else. */
export function bill(folder: string, book: PriceBook): Estimate {
  return estimate([...loadTemplates(join(folder, 'cdk.out')), loadManifests(join(folder, 'k8s'), HOME_REGION)], book);
}
