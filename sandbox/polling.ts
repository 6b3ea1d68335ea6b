/** An emulator is done in milliseconds and counts no calls; AWS takes seconds and does count. */
const isEmulator = process.env.AWS_ENDPOINT_URL !== undefined;

/** Milliseconds between two looks at a stack. */
export const POLL_MS = isEmulator ? 200 : 3000;
/** Milliseconds before something that failed is tried again. */
export const PAUSE_MS = isEmulator ? 1000 : 30_000;
