import { pointerStep } from '@djust/protocol';

/** The part of the Standard Schema interface (version 1) that this server calls. @see https://standardschema.dev */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

export declare namespace StandardSchema {
  export type Output<T extends StandardSchema> = NonNullable<T['~standard']['types']>['output'];
}

/** Where an issue lies, as a JSON pointer. */
export function issuePointer(issue: StandardIssue): string {
  return (issue.path ?? []).map((part) => pointerStep(typeof part === 'object' ? part.key : part)).join('');
}
