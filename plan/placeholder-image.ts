/**
 * Image that pods run until the user brings their own: the official Node one from ECR's public mirror. It has an arm64 build for
 * Graviton nodes, and a whole cluster can pull it at once without Docker Hub's limit per address.
 */
export const PLACEHOLDER_IMAGE = { registry: 'public.ecr.aws', repository: 'docker/library/node', tag: '22.14.0-alpine3.21' };
