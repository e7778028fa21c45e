/** The texts of a definition by language. */
export type Texts = Readonly<Record<string, string>>;

/** The languages of an `Accept-Language` header, the most wanted first (RFC 9110, section 12.5.4). */
export function acceptedLanguages(header: string | undefined): string[] {
  if (header === undefined) return [];
  return header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((text) => text.trim());
      const quality = parameters.find((parameter) => parameter.startsWith('q='));
      return { tag, weight: quality === undefined ? 1 : Number(quality.slice(2)) };
    })
    .filter(({ tag, weight }) => tag !== '' && tag !== '*' && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}

/** The best text for the wanted languages: the tag itself, then ever shorter ones (RFC 4647, lookup), then any. */
export function bestText(texts: Texts, wanted: readonly string[]): string {
  const byTag = new Map(Object.entries(texts).map(([tag, text]) => [tag.toLowerCase(), text]));
  for (const tag of wanted) {
    const parts = tag.toLowerCase().split('-');
    for (let length = parts.length; length > 0; length -= 1) {
      const text = byTag.get(parts.slice(0, length).join('-'));
      if (text !== undefined) return text;
    }
  }
  return Object.values(texts)[0] ?? '';
}
