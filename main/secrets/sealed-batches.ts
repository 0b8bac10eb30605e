/** Seals and opens many files of one folder for as long as it is wanted. It knows the identity until its end. */
export interface SealedBatch {
  /**
   * The content of each file, unsealed. Null for one that is not there, cannot be read or does not open: whoever
   * asked finds out which. Rejects if a thread ends before its time.
   */
  unseal(files: readonly string[]): Promise<readonly (string | null)[]>;
  /** Each value as an age file to the identity. Rejects as `unseal` does. */
  seal(values: readonly string[]): Promise<readonly Uint8Array[]>;
  end(): Promise<void>;
}

/** Where many sealed files are dealt with at once. */
export interface SealedBatches {
  begin(identity: string): SealedBatch;
}

/** A job for one of the threads; `id` is repeated in the answer. */
export type SealedFilesJob =
  | { readonly id: number; readonly do: 'unseal'; readonly files: readonly string[] }
  | { readonly id: number; readonly do: 'seal'; readonly values: readonly string[] };

export interface SealedFilesAnswer {
  readonly id: number;
  readonly done: readonly (string | null)[] | readonly Uint8Array[];
}
