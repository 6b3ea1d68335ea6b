'use strict';

/**
 * Stands in until the application's own code is there: says so, and gives every message back, so that none is lost. They end among the dead
 * letters, whose alarm tells.
 */
exports.handler = async ({ Records = [] }) => {
  console.log(JSON.stringify({ placeholder: true, messages: Records.length }));
  return { batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};
