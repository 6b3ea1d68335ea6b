/** Port every pod listens on, consumers and their probes included. */
export const POD_PORT = 8080;

/** Port at which copies of a stateful part hear each other, and nobody else does. */
export const PEER_PORT = 8081;

/** Port that machines outside of the cluster listen on: not that of pods, because a way to them is a way to the whole network. */
export const MACHINE_PORT = 9000;

/** Path at which every pod and machine tells whether it is well. */
export const HEALTH_PATH = '/healthz';
