/** The central pool: one account for each person, whatever tenants they work in. */
export interface PeoplePool {
  /**
   * The account of an e-mail address that has proven to be theirs, made where there is none. Of an account that is
   * there nothing changes, its password least of all: whoever can read a mailbox has not signed in by that.
   * @param first where they will work first, and the password of a new account
   * @returns the pool's `sub`
   */
  personOf(
    email: string,
    first: { readonly tenant: string; readonly workspace: string; readonly password: string | undefined },
  ): Promise<string>;
}
