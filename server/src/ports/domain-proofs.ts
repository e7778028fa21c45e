/** Where tenants prove that a domain is theirs. */
export interface DomainProofs {
  /**
   * The texts at a name of the DNS; none where there is no such name.
   * @throws Error where nobody answers
   */
  textsAt(name: string): Promise<readonly string[]>;
}
