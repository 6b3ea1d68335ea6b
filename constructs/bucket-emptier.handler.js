const { DeleteObjectsCommand, ListObjectVersionsCommand, S3Client } = require('@aws-sdk/client-s3');

/** Left for the answer when time runs out; what is still there goes with the next deletion of the stack. */
const RESERVE_MS = 30_000;

/** Deletes every version of every object, and every mark of a deleted one, a thousand at a time. */
async function empty(Bucket, millisecondsLeft) {
  const s3 = new S3Client();
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
    if (RequestType === 'Delete') await empty(Bucket, () => context.getRemainingTimeInMillis());
  } catch (error) {
    if (error.name !== 'NoSuchBucket') outcome = { Status: 'FAILED', Reason: error.message };
  }
  const { StackId, RequestId, LogicalResourceId } = request;
  // Named after the bucket: another bucket is another resource, and the one before is emptied.
  const answer = { ...outcome, PhysicalResourceId: Bucket, StackId, RequestId, LogicalResourceId };
  await fetch(ResponseURL, { method: 'PUT', headers: { 'content-type': '' }, body: JSON.stringify(answer) });
};
