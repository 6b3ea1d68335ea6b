import { cellsOf, type Cell, clusterOf, placeOf, unresolvedIn } from '../../k8s/cell';
import { controllersOf } from '../../k8s/controllers';
import { type Manifest, manifestsOf } from '../../k8s/manifests';
import type { Plan } from '../../plan/plan';
import type { Outputs } from '../engine';
import { SandboxError } from '../sandbox-error';

/** What one cell's app tiers are made of. */
export interface TierFiles {
  cell: Cell;
  /** Of its cluster and, up to what they hold, its stacks. */
  name: string;
  /** `us-east-1`: folder of its files. */
  place: string;
  /** In the order they apply; paths within the cell's folder. */
  manifests: Manifest[];
  /** `helmfile.yaml`; absent on one machine. */
  controllers?: Manifest;
}

/**
 * The files of every cell, with the endpoints that the stacks put out.
 * @throws {SandboxError} when an output that they need is not there
 */
export function tierFilesOf(plan: Plan, outputs: Outputs, image?: string): TierFiles[] {
  const options = { image, outputs };
  const [manifests, controllers] = [manifestsOf(plan, options), controllersOf(plan, options)].map(resolved) as [Manifest[], Manifest[]];
  return cellsOf(plan, options).map((cell) => {
    const place = placeOf(cell);
    const own = (files: Manifest[]): Manifest[] =>
      files.filter(({ path }) => path.startsWith(`${place}/`)).map(({ path, text }) => ({ path: path.slice(place.length + 1), text }));
    return { cell, name: clusterOf(cell), place, manifests: own(manifests), controllers: own(controllers)[0] };
  });
}

function resolved(files: Manifest[]): Manifest[] {
  for (const { path, text } of files) {
    const [missing] = unresolvedIn(text);
    if (missing) {
      const [stack, output] = missing.split('.');
      throw new SandboxError(
        `stack ${stack} has no output ${output}, which ${path} needs; run \`scaleprint sandbox up\` again, so that the stack is what its template says`,
      );
    }
  }
  return files;
}

/**
 * An output of the cell's compute stack.
 * @throws {SandboxError} when it is not there
 */
export function computeOutput({ cell, name }: TierFiles, output: string): string {
  const value = cell.outputs[`${name}-compute`]?.[output];
  if (!value) throw new SandboxError(`stack ${name}-compute has no output ${output}; run \`scaleprint sandbox up\` again`);
  return value;
}
