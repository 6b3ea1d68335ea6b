/**
 * Image that pods run until the user brings their own: the official Node one from ECR's public mirror. It has builds for
 * arm64 (Graviton nodes) and amd64 (nodes with GPUs), and a whole cluster can pull it at once without Docker Hub's limit per address.
 */
export const PLACEHOLDER_IMAGE = { registry: 'public.ecr.aws', repository: 'docker/library/node', tag: '22.14.0-alpine3.21' };
