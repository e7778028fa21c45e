/**
 * Where a sign-in keeps what it knows, by key: `sessionStorage`, `localStorage`, React Native's `AsyncStorage`, or
 * whatever has their three methods.
 */
export interface AuthStorage {
  getItem(key: string): string | null | Promise<string | null>;
  setItem(key: string, value: string): unknown;
  removeItem(key: string): unknown;
}

/** Lasts as long as the page does, and no script can read it from elsewhere. */
export function memoryStorage(): AuthStorage {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  };
}

/** What outlives the way to the sign-in page and back; memory where there is no such thing. */
export function pendingStorage(): AuthStorage {
  try {
    return globalThis.sessionStorage ?? memoryStorage();
  } catch {
    // A page may be forbidden to keep anything; signing in then works without leaving the page, such as in a popup.
    return memoryStorage();
  }
}
