/**
 * Whether an object anywhere in a JSON text names a key twice. `JSON.parse` keeps the last of them, other readers the
 * first: whoever signs one and shows the other has two meanings in one token. The text must be valid JSON already.
 */
export function hasDuplicateKeys(json: string): boolean {
  const objects: (Set<string> | undefined)[] = [];
  const tokens = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g;
  for (const [token, colon] of json.matchAll(tokens)) {
    if (token === '{') objects.push(new Set());
    else if (token === '[') objects.push(undefined);
    else if (token === '}' || token === ']') objects.pop();
    else if (colon !== undefined) {
      const keys = objects.at(-1);
      // Two spellings of one key, such as "sub" and "\u0073ub", are one key.
      const key: unknown = JSON.parse(token.slice(0, -colon.length));
      if (keys === undefined || typeof key !== 'string' || keys.has(key)) return true;
      keys.add(key);
    }
  }
  return false;
}
