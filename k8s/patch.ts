import { ApiObject, JsonPatch } from 'cdk8s';
import { Pod, type Resource } from 'cdk8s-plus-28';

/**
 * Changes what a resource is written as. cdk8s-plus knows Kubernetes 1.28 and silently drops younger fields from its own
 * patches, so these are applied to the finished object.
 */
export function patchManifest(resource: Resource, ...patches: JsonPatch[]): void {
  const object = ApiObject.of(resource);
  const write = object.toJson.bind(object);
  object.toJson = () => JsonPatch.apply(write(), ...patches);
}

/** Takes the label off a pod template that cdk8s-plus makes of the construct's path: moving code would roll every pod. */
export const withoutAddress = (template: string): JsonPatch =>
  JsonPatch.remove(`${template}/metadata/labels/${Pod.ADDRESS_LABEL.replace('/', '~1')}`);
