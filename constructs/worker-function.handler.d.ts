/** What Lambda hands over, as far as it is used; a schedule has no messages. */
export interface Batch {
  readonly Records?: readonly { readonly messageId: string }[];
}

export function handler(batch: Batch): Promise<{ batchItemFailures: { itemIdentifier: string }[] }>;
