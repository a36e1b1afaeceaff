import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT: string = fileURLToPath(new URL('..', import.meta.url));

/** An absolute path from one in the repository. */
export const fromRoot = (...parts: string[]): string => join(ROOT, ...parts);
