import type { Construct } from 'constructs';
import type { ManagedService } from '../constructs/managed-service';
import { isCopy } from '../plan/copy';
import type { DataStack } from './data-stack';
import { buildAll } from './stateful';
import { aroundIn, type StatefulStackProps } from './stateful/around';
import { StageStack } from './stage-stack';

export interface CopiesStackProps extends StatefulStackProps {
  /** Of the same region and cell; its keys encrypt the copies. */
  readonly data: DataStack;
  /** Of the home region's cell that is copied. */
  readonly home: DataStack;
}

/**
 * Copies of the home region's databases. A stack of their own, because they come after the home region's data, while tables and
 * buckets come before it: `data` of the other regions, `data` at home, then these.
 */
export class CopiesStack extends StageStack {
  /** Constructs by part id. */
  readonly reachable: ReadonlyMap<string, ManagedService>;

  constructor(scope: Construct, id: string, props: CopiesStackProps) {
    super(scope, id, props);
    this.addStackDependency(props.home, 'a copy follows a database that exists');
    this.reachable = buildAll(
      props.deployment.parts.filter(isCopy),
      aroundIn(this, props, (part) => props.data.keyOf(part)),
    );
  }
}
