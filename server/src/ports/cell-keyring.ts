/** What a wrapped key belongs to; it is bound into the message, and must be the same when the key is unwrapped. */
export type KeyContext = Readonly<Record<string, string>>;

/** The cell's own key, under which the keys of workspaces are wrapped: in AWS KMS, or in the folder of a single process. */
export interface CellKeyring {
  wrap(key: Uint8Array, context: KeyContext): Promise<Uint8Array>;
  /** @throws Error where it was wrapped for something else, by another key, or was tampered with */
  unwrap(wrapped: Uint8Array, context: KeyContext): Promise<Uint8Array>;
}
