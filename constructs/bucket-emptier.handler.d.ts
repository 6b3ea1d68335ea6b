/** What CloudFormation asks of a custom resource, as far as it is used. */
export interface Request {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  /** Where it waits for the answer. */
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly ResourceProperties: { readonly Bucket: string };
}

/** What Lambda tells a function of its run, as far as it is used. */
export interface Run {
  readonly invokedFunctionArn: string;
  getRemainingTimeInMillis(): number;
}

export function handler(request: Request, run: Run): Promise<void>;
