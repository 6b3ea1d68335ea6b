import ts from 'typescript';
import type { KubernetesObject } from './read-manifests';

/** Module that holds the types and the schema of an object. */
export const modelsOf = ({ apiVersion }: Pick<KubernetesObject, 'apiVersion'>): string =>
  apiVersion.startsWith('keda.sh/') ? `@kubernetes-models/keda/${apiVersion}` : `kubernetes-models/${apiVersion}`;

/**
 * Problems the compiler finds when it reads objects as literals of kubernetes-models' types: unlike the package's own
 * validation it refuses fields Kubernetes does not know, at any depth.
 */
export function typeProblems(objects: readonly KubernetesObject[]): string[] {
  const kinds = [...new Set(objects.map((o) => `import type { I${o.kind} } from '${modelsOf(o)}';`))];
  const literals = objects.map((o, i) => `const o${i}: I${o.kind} = ${JSON.stringify(o)};`);
  const name = `${__dirname}/manifests-as-types.ts`;
  const source = ts.createSourceFile(name, [...kinds, ...literals].join('\n'), ts.ScriptTarget.ES2022);
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (file, ...rest) => (file === name ? source : getSourceFile(file, ...rest));
  const program = ts.createProgram([name], options, host);
  return ts.getPreEmitDiagnostics(program).map((d) => ts.flattenDiagnosticMessageText(d.messageText, ' '));
}
