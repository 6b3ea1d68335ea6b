import type { IncomingHttpHeaders } from 'node:http';

/** A call of an AWS API, as far as its request tells. */
export interface Call {
  /** `cloudformation`, as its signature says. */
  service: string;
  region: string;
  /** `CreateChangeSet`; `GET /2013-04-01/hostedzone` where the API names nothing. */
  action: string;
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** An answer to a call. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** Service and region from the signature, the action from wherever the service's protocol puts it. */
export function callOf(method: string, url: string, headers: IncomingHttpHeaders, body: Buffer): Call {
  const [, region = '', service = ''] = /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\/aws4_request/.exec(headers.authorization ?? '') ?? [];
  const [path] = url.split('?') as [string];
  const action = isForm(headers) ? new URLSearchParams(body.toString()).get('Action') : undefined;
  const target = String(headers['x-amz-target'] ?? '')
    .split('.')
    .at(-1);
  const operation = /^\/service\/\w+\/operation\/(\w+)$/.exec(path)?.[1];
  return { service, region, action: action || target || operation || `${method} ${path}`, method, url, headers, body };
}

/** An error as the service of a call words it. */
export function errorAnswer({ service, headers }: Call, status: number, code: string, message: string): Answer {
  const answer = (type: string, text: string) => ({
    status,
    headers: { 'content-type': type, 'x-amzn-errortype': code, 'x-amzn-requestid': 'gateway' },
    body: Buffer.from(text),
  });
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error>`;
  if (service === 's3') return answer('application/xml', error);
  if (service === 'ec2') return answer('text/xml', `<Response><Errors>${error}</Errors><RequestID>gateway</RequestID></Response>`);
  if (isForm(headers) || ['route53', 'cloudfront'].includes(service))
    return answer('text/xml', `<ErrorResponse>${error}<RequestId>gateway</RequestId></ErrorResponse>`);
  return answer('application/json', JSON.stringify({ __type: code, message }));
}

const isForm = (headers: IncomingHttpHeaders): boolean => String(headers['content-type']).startsWith('application/x-www-form-urlencoded');

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
