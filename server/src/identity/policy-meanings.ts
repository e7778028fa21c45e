/** What each policy of `server/policies` says, for people; the tests hold the list against the folder. */
const meanings: Readonly<Record<string, string>> = {
  'machines.scope': "A backend may do what its token's scopes are for.",
  'platform.run': 'Owners of the tenant that runs the platform may run it.',
  'platform.only': 'Running the platform is for those who run it alone.',
  'players.play': 'A player may play, as themselves.',
  'players.as-themselves': 'Only a backend acts for somebody else.',
  'roles.viewer': 'Who is a viewer, or more, may look at everything.',
  'roles.member': 'Who is a member, or more, may work with players.',
  'roles.manager': 'Who is a manager, or more, may make the rules of the game.',
  'roles.admin': 'Who is an admin, or more, may administer the workspace.',
  'roles.owner': 'An owner may do what is about the tenant as a whole.',
  'roles.self': 'Whoever works here may ask what they may do.',
  'tenancy.tenant': 'Nobody reaches another tenant.',
  'tenancy.workspace': 'Nobody reaches another workspace, but owners for what is about the tenant as a whole.',
};

/** What a policy of `server/policies` says, or nothing for any other. */
export function meaningOf(policy: string): string | undefined {
  return Object.hasOwn(meanings, policy) ? meanings[policy] : undefined;
}

/** Every policy that is explained. */
export const explainedPolicies: readonly string[] = Object.keys(meanings);
