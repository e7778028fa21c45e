/** One at a time over all tabs of a browser that act under a name, where the runtime can tell. */
export async function alone<T>(name: string, act: () => Promise<T>): Promise<T> {
  const locks = globalThis.navigator?.locks;
  return locks === undefined ? act() : locks.request(name, act);
}
