const {
  DeleteObjectsCommand,
  GetBucketPolicyCommand,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
  S3Client,
} = require('@aws-sdk/client-s3');

/** Left for the answer when time runs out; what is still there goes with the next deletion of the stack. */
const RESERVE_MS = 30_000;

/**
 * Nothing is written, replicated or marked as deleted any more: what came after the emptying would keep the bucket, and by then there is no
 * emptier. It may go on deleting itself; `aws:PrincipalArn` of a session is its role.
 */
async function close(s3, Bucket, partition) {
  const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket })).catch((error) => {
    if (error.name === 'NoSuchBucketPolicy') return {};
    throw error;
  });
  const { Version = '2012-10-17', Statement = [] } = Policy ? JSON.parse(Policy) : {};
  const deny = { Effect: 'Deny', Principal: '*', Resource: `arn:${partition}:s3:::${Bucket}/*` };
  const others = { ArnNotEquals: { 'aws:PrincipalArn': process.env.ROLE_ARN } };
  const closing = [
    { Sid: 'Emptying', ...deny, Action: ['s3:PutObject', 's3:ReplicateObject', 's3:ReplicateDelete'] },
    { Sid: 'EmptyingByOthers', ...deny, Action: 's3:DeleteObject', Condition: others },
  ];
  const kept = Statement.filter(({ Sid }) => !closing.some((own) => own.Sid === Sid));
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version, Statement: [...kept, ...closing] }) }));
}

/** Deletes every version of every object, and every mark of a deleted one, a thousand at a time. */
async function empty(s3, Bucket, millisecondsLeft) {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return;
    if (millisecondsLeft() < RESERVE_MS) throw new Error(`${Bucket} is not empty yet; delete the stack again to go on`);
    const { Errors = [] } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
    if (Errors.length > 0) throw new Error(`${Errors[0].Key} of ${Bucket}: ${Errors[0].Message}`);
  }
}

/** Answers CloudFormation, which waits for an hour if nobody does. */
exports.handler = async ({ RequestType, ResponseURL, ResourceProperties: { Bucket }, ...request }, context) => {
  let outcome = { Status: 'SUCCESS' };
  try {
    if (RequestType === 'Delete') {
      const s3 = new S3Client();
      await close(s3, Bucket, context.invokedFunctionArn.split(':')[1]);
      await empty(s3, Bucket, () => context.getRemainingTimeInMillis());
    }
  } catch (error) {
    if (error.name !== 'NoSuchBucket') outcome = { Status: 'FAILED', Reason: error.message };
  }
  const { StackId, RequestId, LogicalResourceId } = request;
  const answer = { ...outcome, PhysicalResourceId: Bucket, StackId, RequestId, LogicalResourceId };
  await fetch(ResponseURL, { method: 'PUT', headers: { 'content-type': '' }, body: JSON.stringify(answer) });
};
