const BOUNDARY = '==scaleprint==';

/** What one reader on the machine takes: a configuration, a script. */
export interface UserDataPart {
  readonly type: string;
  readonly lines: readonly string[];
}

/** User data of an EC2 instance as MIME parts, not encoded. */
export const multipartUserData = (...parts: readonly UserDataPart[]): string =>
  [
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
    '',
    ...parts.flatMap(({ type, lines }) => [`--${BOUNDARY}`, `Content-Type: ${type}`, '', ...lines, '']),
    `--${BOUNDARY}--`,
    '',
  ].join('\n');

/** A script that cloud-init runs. */
export const SHELL_SCRIPT = 'text/x-shellscript; charset="us-ascii"';
