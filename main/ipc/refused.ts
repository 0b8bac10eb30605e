/** The caller may not ask this, or not in this way. A refusal rejects; it never answers `undefined`. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}
