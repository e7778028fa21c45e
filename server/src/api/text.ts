/** The texts of a definition by language. */
export type Texts = Readonly<Record<string, string>>;

/** The languages of an `Accept-Language` header, the most wanted first (RFC 9110, section 12.5.4). */
export function acceptedLanguages(header: string | undefined): string[] {
  if (header === undefined) return [];
  return header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((text) => text.trim());
      const quality = parameters.find((parameter) => /^q=/i.test(parameter));
      return { tag, weight: quality === undefined ? 1 : Number(quality.slice(2)) };
    })
    .filter(({ tag, weight }) => tag !== '' && tag !== '*' && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}

/** A language range and what is left of it as subtags are dropped from the end (RFC 4647, section 3.4). */
function fallbacks(range: string): string[] {
  const parts = range.toLowerCase().split('-');
  // A single letter announces what follows it: alone it would mean nothing.
  return parts
    .map((_, index) => parts.slice(0, parts.length - index))
    .filter((left) => left.length === 1 || left.at(-1)?.length !== 1)
    .map((left) => left.join('-'));
}

/**
 * The best text for the wanted languages, the most wanted first and the workspace's own last: by RFC 4647's lookup,
 * else the first in the order of tags, so that it does not depend on how the texts were stored.
 */
export function bestText(texts: Texts, wanted: readonly string[]): string {
  const byTag = new Map(Object.entries(texts).map(([tag, text]) => [tag.toLowerCase(), text]));
  const found = wanted.flatMap(fallbacks).find((tag) => byTag.has(tag));
  const [first = ''] = [...byTag.keys()].sort();
  return byTag.get(found ?? first) ?? '';
}
