/** Whether an issuer is one of Laurel's own, which no tenant may register. */
export type IsOwnIssuer = (issuer: string) => boolean;

/**
 * Tells Laurel's own issuers: the pool, and whatever is served by the cell itself, such as the signers of players' tokens
 * of all its tenants.
 * @param host the host that all tenants' hosts are, or end with
 */
export function ownIssuers(parts: { readonly pool: string; readonly host: string }): IsOwnIssuer {
  const pool = plain(new URL(parts.pool));
  const host = parts.host.toLowerCase();
  return (issuer) => {
    const url = URL.parse(issuer);
    if (url === null) return true;
    const named = url.host.replace(/\.(?=$|:)/, '');
    const text = plain(url);
    return named === host || named.endsWith(`.${host}`) || text === pool || text.startsWith(`${pool}/`);
  };
}

function plain({ host, pathname }: URL): string {
  return `${host}${pathname}`.toLowerCase().replace(/\/+$/, '');
}
