import { join } from 'node:path';

/** Where every stage lies synthesized while tests run, and every stage's sandbox. */
export const CACHE = join(__dirname, '../../.cache/every-stage');
export const SANDBOXES = join(__dirname, '../../.cache/every-sandbox');

export interface StageName {
  system: string;
  stage: string;
}

export const folderOf = ({ system, stage }: StageName, root = CACHE): string => join(root, system, stage);
