// Generated from the contract, do not edit; npm run generate.

/**
 * Where somebody works after they accepted an invitation.
 */
export type Acceptance = {
    tenant: Slug;
    email: string;
    memberId: Id;
    memberships: Array<Membership>;
};

/**
 * Something that players do and that events report.
 */
export type Activity = {
    id: Id;
    status: DefinitionStatus;
    /**
     * Counts up with each change of what is at work; of a draft, the version that it will be.
     */
    version: Version;
    /**
     * Counts up with each change, drafts included; it is the ETag.
     */
    revision: Version;
    /**
     * Whether there is a draft that waits to be published.
     */
    draft: boolean;
    createdAt: Instant;
    /**
     * When this version was saved.
     */
    updatedAt: Instant;
    /**
     * Who saved this version.
     */
    author: string;
    /**
     * When this version came to work; null for a draft.
     */
    publishedAt: Instant | null;
    /**
     * What this version makes of running progress.
     */
    running: Running;
    /**
     * The version of the workspace’s ruleset from which this version is at work; null for a draft.
     */
    ruleset: number | null;
    name: LocalizedText;
    description?: LocalizedText;
    playersMaySend: boolean;
    /**
     * Labels by which rules can speak of several activities at once.
     */
    tags?: Tags;
    /**
     * What its events may say beside their value; anything, where nothing is declared.
     */
    attributes?: AttributeDeclarations;
    limits?: ActivityLimits;
};

/**
 * A new activity.
 */
export type ActivityCreate = {
    /**
     * The key that events name.
     */
    id: DefinitionId;
    /**
     * Whether to save it as a draft, which no player sees; it is published where this is missing.
     */
    draft?: boolean;
    name: LocalizedText;
    description?: LocalizedText;
    /**
     * Whether a player's own client may send it; otherwise only backends.
     */
    playersMaySend?: boolean;
    /**
     * Labels by which rules can speak of several activities at once.
     */
    tags?: Tags;
    /**
     * What its events may say beside their value; anything, where nothing is declared.
     */
    attributes?: AttributeDeclarationsInput;
    limits?: ActivityLimitsInput;
};

/**
 * How many events of an activity count for a player in a period.
 */
export type ActivityLimit = {
    /**
     * A day, an ISO week or a month, or all time.
     */
    every: 'day' | 'week' | 'month' | 'ever';
    /**
     * Where days, weeks and months are counted.
     */
    zone: DefinitionZone;
    /**
     * How many events of a player count in it.
     */
    count: number;
};

/**
 * How many events of an activity count for a player in a period.
 */
export type ActivityLimitInput = {
    /**
     * A day, an ISO week or a month, or all time.
     */
    every: 'day' | 'week' | 'month' | 'ever';
    /**
     * Where days, weeks and months are counted.
     */
    zone?: DefinitionZone;
    /**
     * How many events of a player count in it.
     */
    count: number;
};

/**
 * How many events count for a player. One that is over a limit, by when events happened, is accepted, kept and marked `limited`, and earns and moves nothing; it takes up no other limit either. An event that comes late, or is undone, may change which ones are over.
 */
export type ActivityLimits = Array<ActivityLimit>;

/**
 * How many events count for a player. One that is over a limit, by when events happened, is accepted, kept and marked `limited`, and earns and moves nothing; it takes up no other limit either. An event that comes late, or is undone, may change which ones are over.
 */
export type ActivityLimitsInput = Array<ActivityLimitInput>;

/**
 * One page of a list.
 */
export type ActivityPage = {
    items: Array<Activity>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * What an activity becomes.
 */
export type ActivityUpdate = {
    /**
     * Whether to save it as a draft, which no player sees; it is published where this is missing.
     */
    draft?: boolean;
    /**
     * What becomes of running progress; `keep` where it is missing.
     */
    running?: Running;
    name: LocalizedText;
    description?: LocalizedText;
    /**
     * Whether a player's own client may send it; otherwise only backends.
     */
    playersMaySend?: boolean;
    /**
     * Labels by which rules can speak of several activities at once.
     */
    tags?: Tags;
    /**
     * What its events may say beside their value; anything, where nothing is declared.
     */
    attributes?: AttributeDeclarationsInput;
    limits?: ActivityLimitsInput;
};

/**
 * A whole number, in CEL, over the same facts as a condition. 0, less, and what cannot be worked out (a number beyond 64 bits too) add nothing; more than 1,000,000,000,000 adds that.
 */
export type AddsExpression = string;

/**
 * An integer amount in minor units.
 */
export type Amount = number;

/**
 * A whole number, in CEL, over the same facts as a condition. 0, less, and what cannot be worked out give nothing; more than 1,000,000,000,000 gives that.
 */
export type AmountExpression = string;

/**
 * A credential that a customer's backend calls with.
 */
export type ApiClient = {
    /**
     * The OAuth client id.
     */
    id: Id;
    name: string;
    scopes: Array<OAuthScope>;
    status: 'active' | 'revoked';
    createdAt: Instant;
    revokedAt: Instant | null;
    /**
     * Those that work: one, or two while they are rotated.
     */
    secrets: Array<ApiClientSecret>;
};

/**
 * A new credential for a machine.
 */
export type ApiClientCreate = {
    name: string;
    scopes: Array<OAuthScope>;
};

/**
 * A new secret of an API client, which is shown this once.
 */
export type ApiClientNewSecret = {
    client: ApiClient;
    secret: ApiClientSecret;
    /**
     * Shown this once: store it.
     */
    clientSecret: string;
};

/**
 * One page of a list.
 */
export type ApiClientPage = {
    items: Array<ApiClient>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * One of a client's live secrets, without the secret itself.
 */
export type ApiClientSecret = {
    id: Id;
    createdAt: Instant;
    /**
     * When it stops to work; null where it does not.
     */
    expiresAt: Instant | null;
};

/**
 * A new secret beside the one that is in use.
 */
export type ApiClientSecretCreate = {
    /**
     * In how many seconds the secret that there is stops to work; null lets it work until it is removed.
     */
    othersExpireIn?: number | null;
};

/**
 * An API client with its secret, which is shown this once.
 */
export type ApiClientWithSecret = {
    client: ApiClient;
    /**
     * Shown this once: store it.
     */
    clientSecret: string;
};

/**
 * What an attribute of an event must be.
 */
export type AttributeDeclaration = {
    /**
     * `integer` is a whole number, `number` any.
     */
    type: 'string' | 'integer' | 'number' | 'boolean';
    /**
     * Whether every event must have it; false where it is missing.
     */
    required?: boolean;
};

/**
 * What an attribute of an event must be.
 */
export type AttributeDeclarationInput = {
    /**
     * `integer` is a whole number, `number` any.
     */
    type: 'string' | 'integer' | 'number' | 'boolean';
    /**
     * Whether every event must have it; false where it is missing.
     */
    required?: boolean;
};

/**
 * The attributes that events may have, by name. Once there are any, others are refused.
 */
export type AttributeDeclarations = {
    [key: string]: AttributeDeclaration;
};

/**
 * The attributes that events may have, by name. Once there are any, others are refused.
 */
export type AttributeDeclarationsInput = {
    [key: string]: AttributeDeclarationInput;
};

/**
 * Facts about an event, by name.
 */
export type Attributes = {
    [key: string]: string | number | boolean;
};

/**
 * Who can score: a segment, or whom an expression over `user` holds for when the event is counted.
 */
export type Audience = {
    segment: Id;
} | {
    expression: Condition;
};

/**
 * Who can score: a segment, or whom an expression over `user` holds for when the event is counted.
 */
export type AudienceInput = {
    segment: Id;
} | {
    expression: Condition;
};

/**
 * Who did something.
 */
export type AuditActor = {
    /**
     * `stranger`: nobody who could be told; `system`: Laurel itself, when something came due.
     */
    kind: 'player' | 'operator' | 'machine' | 'system' | 'stranger' | (string & {});
    /**
     * The client id of a machine, the subject of an operator, a pseudonym of a player.
     */
    id: string | null;
    /**
     * The `jti` of the caller's token.
     */
    tokenId: string | null;
};

/**
 * Some records that were sealed together; each block holds on to the one before.
 */
export type AuditBlock = {
    /**
     * Its number, from 1.
     */
    block: number;
    /**
     * The number of its first record.
     */
    first: number;
    /**
     * The hash of the block before it; of the first, that of the names of tenant and workspace.
     */
    previous: string;
    /**
     * The hash of its last record.
     */
    hash: string;
    sealedAt: Instant;
    records: Array<AuditRecord>;
    /**
     * The digest that was signed over it, where one was.
     */
    digest: AuditDigest | null;
};

/**
 * One page of a list.
 */
export type AuditBlockPage = {
    items: Array<AuditBlock>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * A signed statement of how far the chain went at a time.
 */
export type AuditDigest = {
    block: number;
    records: number;
    /**
     * The hash of the block.
     */
    hash: string;
    at: Instant;
    /**
     * The SHA-256 of the digest before it.
     */
    previous: string | null;
    keyId: string;
    /**
     * Ed25519, base64url, over the rest in canonical JSON.
     */
    signature: string;
};

/**
 * Where a chain is not what it was: its first bad record.
 */
export type AuditFault = {
    /**
     * What is wrong; `cut`: the end of the chain is gone.
     */
    kind: 'altered' | 'removed' | 'misplaced' | 'block_missing' | 'block_altered' | 'cut' | 'forged_digest' | (string & {});
    block: number;
    /**
     * The number of the first bad record, where it is known.
     */
    seq: number | null;
    recordId: string | null;
    message: string;
};

/**
 * How far a chain goes. Keep it elsewhere: a chain that was cut back does not fit it.
 */
export type AuditHead = {
    /**
     * How many blocks there are.
     */
    block: number;
    /**
     * How many records there are.
     */
    records: number;
    /**
     * The hash of the last block.
     */
    hash: string;
};

/**
 * A public key that digests are signed with (RFC 8037).
 */
export type AuditKey = {
    kty: 'OKP';
    crv: 'Ed25519';
    kid: string;
    x: string;
};

/**
 * One call, or one thing that came due: who, what, when and how it ended.
 */
export type AuditRecord = {
    id: Id;
    /**
     * Its number in the chain; there are no gaps.
     */
    seq: number;
    /**
     * The block that it was sealed in.
     */
    block: number;
    at: Instant;
    actor: AuditActor;
    /**
     * The pseudonym of the player whom a machine acted for.
     */
    onBehalfOf: string | null;
    /**
     * The permission that was asked for.
     */
    action: string | null;
    /**
     * The operation.
     */
    route: string | null;
    method: string | null;
    /**
     * The ids in the path; those of people as pseudonyms.
     */
    target: {
        [key: string]: string;
    };
    /**
     * `replayed`: a repeat was answered as before; `failed`: it was not the caller’s doing.
     */
    outcome: 'succeeded' | 'replayed' | 'refused' | 'failed' | (string & {});
    /**
     * The HTTP status of the answer.
     */
    status: number | null;
    /**
     * The code of the problem that was answered.
     */
    code: string | null;
    /**
     * Why, where the code does not say it.
     */
    reason: string | null;
    requestId: string | null;
    /**
     * A pseudonym of the caller's address.
     */
    address: string | null;
    versions: AuditVersions | null;
    /**
     * What was odd about the request, such as a header that names a tenant and chose nothing.
     */
    flags: Array<string>;
    /**
     * SHA-256 of the hash before it and of this record in canonical JSON (RFC 8785).
     */
    hash: string;
};

/**
 * One page of a list.
 */
export type AuditRecordPage = {
    items: Array<AuditRecord>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * What came of verifying a part of a chain.
 */
export type AuditVerification = {
    /**
     * Whether all that was looked at is as it was sealed.
     */
    valid: boolean;
    /**
     * The first block that was looked at.
     */
    from: number;
    /**
     * The last block that was looked at.
     */
    to: number;
    /**
     * How many records that were.
     */
    records: number;
    fault: AuditFault | null;
    head: AuditHead;
    /**
     * The latest digest; the chain holds up to it, or is not valid.
     */
    digest: AuditDigest | null;
    /**
     * The keys that digests are verified with.
     */
    keys: Array<AuditKey>;
    /**
     * Give it as `from` to go on; null at the end.
     */
    next: number | null;
};

/**
 * The version of what was changed, before and after.
 */
export type AuditVersions = {
    /**
     * The version that the caller named by `If-Match`.
     */
    before: number | null;
    /**
     * The version that came of it.
     */
    after: number | null;
};

/**
 * Who is to do what.
 */
export type AuthorizeExplain = {
    /**
     * What is to be done.
     */
    action: string;
    /**
     * For this member of the workspace; for whoever asks without it.
     */
    member?: Id;
    /**
     * For this API client.
     */
    client?: Id;
    /**
     * For whoever has this role.
     */
    role?: RoleId;
    /**
     * To this player.
     */
    user?: Id;
    /**
     * To this team.
     */
    team?: Id;
    /**
     * At this moment; now without it.
     */
    at?: Instant;
    /**
     * From this address; from where the question comes without it.
     */
    address?: IpAddress;
};

/**
 * Whether it is allowed, and why.
 */
export type AuthorizeExplanation = {
    allowed: boolean;
    action: string;
    reasons: Array<AuthorizeReason>;
};

/**
 * One reason of a decision.
 */
export type AuthorizeReason = {
    /**
     * Stable: decide on this. Codes may be added.
     */
    code: 'permitted' | 'forbidden' | 'not_for_this_caller' | 'not_held' | 'scope_missing' | 'role_gone' | 'not_active' | 'outside_hours' | 'outside_addresses' | 'not_among_players' | 'concerns_everybody' | 'failed' | (string & {});
    text: string;
    /**
     * The Cedar policy that says so.
     */
    policy: string | null;
};

/**
 * What a definition would have come to, for the players that this call looked at.
 */
export type Backtest = {
    definition: BacktestDefinition;
    from: Instant;
    to: Instant;
    /**
     * The workspace's zone, in which days are told.
     */
    zone: Zone;
    /**
     * How many players this call looked at.
     */
    looked: number;
    /**
     * How many of them did something in the interval.
     */
    players: number;
    /**
     * How many of their events lie in it.
     */
    events: number;
    /**
     * How often a rule matched and its budget, or its cap over all players, would have had nothing left for it.
     */
    withheld: number;
    /**
     * How often a mission would have been completed, a rule paid, or a streak counted a day.
     */
    times: number;
    /**
     * How often it really was.
     */
    before: number;
    /**
     * By currency; those that nothing moved are left out.
     */
    amounts: Array<BacktestAmount>;
    /**
     * The earliest first.
     */
    days: Array<BacktestDay>;
    /**
     * Player by player, and by day.
     */
    results: Array<BacktestResult>;
    /**
     * Give it as `cursor` for the next players, and add up what the calls answer; null at the end.
     */
    nextCursor: string | null;
};

/**
 * What a definition comes to in one currency.
 */
export type BacktestAmount = {
    currency: Id;
    /**
     * What the definition itself would have given.
     */
    gives: Amount;
    /**
     * What it really gave.
     */
    gave: Amount;
    /**
     * How much more all rules together would have given than they did: what follows from it (rules that wait for a mission, fallbacks that it holds back) is in here too.
     */
    difference: Amount;
};

/**
 * One day of the interval on which something would have come about, or did.
 */
export type BacktestDay = {
    day: CivilDate;
    /**
     * How often a mission would have been completed, a rule paid, or a streak counted a day.
     */
    times: number;
    /**
     * How often it really was.
     */
    before: number;
    /**
     * By currency; those that nothing moved are left out.
     */
    amounts: Array<BacktestAmount>;
};

/**
 * What was tried.
 */
export type BacktestDefinition = {
    id: Id;
    version: Version;
};

/**
 * What one player would have come to on one day.
 */
export type BacktestResult = {
    userId: Id;
    day: CivilDate;
    /**
     * Of a mission: the period that it is completed in.
     */
    period: PeriodKey | null;
    /**
     * Of a streak: the days of the run that the day is part of; null where the day would not count.
     */
    run: number | null;
    /**
     * How often a mission would have been completed, a rule paid, or a streak counted a day.
     */
    times: number;
    /**
     * How often it really was.
     */
    before: number;
};

/**
 * A sign of something achieved, in one tier or more.
 */
export type Badge = {
    id: Id;
    status: DefinitionStatus;
    /**
     * Counts up with each change of what is at work; of a draft, the version that it will be.
     */
    version: Version;
    /**
     * Counts up with each change, drafts included; it is the ETag.
     */
    revision: Version;
    /**
     * Whether there is a draft that waits to be published.
     */
    draft: boolean;
    createdAt: Instant;
    /**
     * When this version was saved.
     */
    updatedAt: Instant;
    /**
     * Who saved this version.
     */
    author: string;
    /**
     * When this version came to work; null for a draft.
     */
    publishedAt: Instant | null;
    /**
     * What this version makes of running progress.
     */
    running: Running;
    /**
     * The version of the workspace’s ruleset from which this version is at work; null for a draft.
     */
    ruleset: number | null;
    name: LocalizedText;
    description?: LocalizedText;
    image?: BadgeImage;
    /**
     * What it takes to earn it; stands in the credential too.
     */
    criteria: LocalizedText;
    tiers: Array<BadgeTier>;
    secret: boolean;
    repeatable: boolean;
};

/**
 * A badge as a player has it.
 */
export type BadgeAward = {
    userId: Id;
    badge: Id;
    /**
     * The version of the badge that the player's count goes by.
     */
    version: Version;
    count: number;
    tier: number;
    /**
     * When each tier was reached, the lowest first.
     */
    reachedAt: Array<Instant>;
    /**
     * When it was taken back, if nothing was awarded since.
     */
    revokedAt: Instant | null;
    /**
     * What was last done by hand.
     */
    lastChange: BadgeChange | null;
};

/**
 * A badge to award by hand.
 */
export type BadgeAwardCreate = {
    badge: Id;
    /**
     * Kept with the badge.
     */
    reason: string;
};

/**
 * One page of a list.
 */
export type BadgeAwardPage = {
    items: Array<BadgeAward>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * What `badge.awarded` says.
 */
export type BadgeAwardedData = {
    badge: Id;
    /**
     * How often by now.
     */
    count: number;
};

/**
 * A badge was awarded.
 */
export type BadgeAwardedHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'badge.awarded';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: BadgeAwardedData;
};

/**
 * Who gave or took a badge by hand, and why.
 */
export type BadgeChange = {
    kind: 'awarded' | 'revoked';
    by: string;
    reason: string;
    at: Instant;
};

/**
 * A new badge.
 */
export type BadgeCreate = {
    /**
     * Your own id; Laurel makes one where it is missing.
     */
    id?: DefinitionId;
    /**
     * Whether to save it as a draft, which no player sees; it is published where this is missing.
     */
    draft?: boolean;
    name: LocalizedText;
    description?: LocalizedText;
    image?: BadgeImage;
    /**
     * What it takes to earn it; stands in the credential too.
     */
    criteria: LocalizedText;
    /**
     * From the lowest; the badge is earned with the first. Each takes more awards than the one before.
     */
    tiers?: Array<BadgeTierInput>;
    /**
     * Whether players see it only once they earned it.
     */
    secret?: boolean;
    /**
     * Whether awards go on counting after the last tier; else they count up to it.
     */
    repeatable?: boolean;
};

/**
 * A credential for a badge: with an embedded proof, and as a JWT.
 */
export type BadgeCredential = {
    credential: OpenBadgeCredential;
    /**
     * The same credential as a VC-JWT (compact JWS, RS256).
     */
    jwt: string;
};

/**
 * A tier of a badge that was reached.
 */
export type BadgeEffect = {
    badge: Id;
    tier: number;
};

/**
 * An `https` URL, or a `data` URL of a PNG, SVG or WebP in base64, of at most 32,768 characters.
 */
export type BadgeImage = string;

/**
 * One page of a list.
 */
export type BadgePage = {
    items: Array<Badge>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * Why a badge is taken back.
 */
export type BadgeRevoke = {
    /**
     * Kept with the badge.
     */
    reason: string;
};

/**
 * What `badge.revoked` says.
 */
export type BadgeRevokedData = {
    badge: Id;
    /**
     * How often it is left.
     */
    count: number;
};

/**
 * A badge was taken back.
 */
export type BadgeRevokedHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'badge.revoked';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: BadgeRevokedData;
};

/**
 * A step of a badge, reached when it was awarded so often.
 */
export type BadgeTier = {
    /**
     * How often the badge must be awarded to reach the tier.
     */
    count: number;
    name?: LocalizedText;
};

/**
 * A step of a badge, reached when it was awarded so often.
 */
export type BadgeTierInput = {
    /**
     * How often the badge must be awarded to reach the tier.
     */
    count: number;
    name?: LocalizedText;
};

/**
 * What a badge becomes.
 */
export type BadgeUpdate = {
    /**
     * Whether to save it as a draft, which no player sees; it is published where this is missing.
     */
    draft?: boolean;
    /**
     * What becomes of running progress; `keep` where it is missing.
     */
    running?: Running;
    name: LocalizedText;
    description?: LocalizedText;
    image?: BadgeImage;
    /**
     * What it takes to earn it; stands in the credential too.
     */
    criteria: LocalizedText;
    /**
     * From the lowest; the badge is earned with the first. Each takes more awards than the one before.
     */
    tiers?: Array<BadgeTierInput>;
    /**
     * Whether players see it only once they earned it.
     */
    secret?: boolean;
    /**
     * Whether awards go on counting after the last tier; else they count up to it.
     */
    repeatable?: boolean;
};

/**
 * One of many things that the player did.
 */
export type BatchEvent = {
    /**
     * Your own id makes the event count exactly once, however often it is sent. Laurel makes one where it is missing.
     */
    id?: Id;
    activity: Id;
    /**
     * When it happened; now where it is missing. At most five minutes ahead, any time back.
     */
    occurredAt?: Instant;
    /**
     * How much of it; 1 where it is missing.
     */
    value?: number;
    attributes?: Attributes;
};

/**
 * The answer to one item of a batch.
 */
export type BatchItem = {
    status: 'accepted';
    receipt: EventReceipt;
} | {
    status: 'rejected';
    problem: Problem;
};

/**
 * The answers to a batch, in its order.
 */
export type BatchReceipt = {
    accepted: number;
    rejected: number;
    items: Array<BatchItem>;
};

/**
 * Something that came due, and what became of it.
 */
export type Boundary = {
    /**
     * When it was due.
     */
    at: Instant;
    /**
     * What came due; kinds may be added.
     */
    kind: 'mission.opened' | 'mission.closed' | 'mission.reached' | 'teamMission.completed' | 'leaderboard.close' | 'league.settle' | 'player.give' | 'player.settle' | 'player.unpack' | 'webhook.deliver' | 'privacy.erase' | 'privacy.retain' | (string & {});
    /**
     * The id of what it came due for.
     */
    subject: string;
    /**
     * What became of it; `skipped` where there was nothing to do.
     */
    outcome: string;
    /**
     * What else is to be said of it.
     */
    details: {
        [key: string]: string;
    };
};

/**
 * How much of a currency a budget holds.
 */
export type BudgetAmount = {
    currency: Id;
    amount: PositiveAmount;
};

/**
 * How much of a currency a budget holds.
 */
export type BudgetAmountInput = {
    currency: Id;
    amount: PositiveAmount;
};

/**
 * How often a period repeats; weeks are ISO weeks.
 */
export type Cadence = 'day' | 'week' | 'month';

/**
 * All that the caller may do, and under which conditions.
 */
export type CallerPermissions = {
    /**
     * Who asks. Kinds may be added.
     */
    kind: 'operator' | 'machine' | (string & {});
    id: string;
    /**
     * Null for a machine, which may what its scopes say.
     */
    role: {
        id: RoleId;
        name: string;
    } | null;
    permissions: Array<HeldPermission>;
    conditions: RoleConditions;
};

/**
 * Something that players get for what they earned.
 */
export type CatalogItem = {
    id: Id;
    status: DefinitionStatus;
    /**
     * Counts up with each change of what is at work; of a draft, the version that it will be.
     */
    version: Version;
    /**
     * Counts up with each change, drafts included; it is the ETag.
     */
    revision: Version;
    /**
     * Whether there is a draft that waits to be published.
     */
    draft: boolean;
    createdAt: Instant;
    /**
     * When this version was saved.
     */
    updatedAt: Instant;
    /**
     * Who saved this version.
     */
    author: string;
    /**
     * When this version came to work; null for a draft.
     */
    publishedAt: Instant | null;
    /**
     * What this version makes of running progress.
     */
    running: Running;
    /**
     * The version of the workspace’s ruleset from which this version is at work; null for a draft.
     */
    ruleset: number | null;
    name: LocalizedText;
    description?: LocalizedText;
    /**
     * All of it is paid together.
     */
    price: Array<Price>;
    /**
     * How many there are in all, those that are sold included; any number where it is missing.
     */
    stock?: number;
    /**
     * How many one player can have; those that were cancelled or expired do not count. Those that were given as rewards do, but it keeps no reward back.
     */
    perPlayer?: number;
    /**
     * Nobody gets it before.
     */
    validFrom?: Instant;
    /**
     * Nobody gets it at this moment or later.
     */
    validUntil?: Instant;
    /**
     * Who can buy it: a segment, or whom an expression over `user`, `player` and `now` holds for; everybody where it is missing.
     */
    audience?: Audience;
    /**
     * Whether each comes with a code of its own, from a pool that is uploaded; no code, no sale.
     */
    codes?: boolean;
    fulfilment: 'manual' | 'automatic';
    fulfilWithinHours: number;
};

/**
 * A new catalogue item.
 */
export type CatalogItemCreate = {
    /**
     * Your own id; Laurel makes one where it is missing.
     */
    id?: DefinitionId;
    /**
     * Whether to save it as a draft, which no player sees; it is published where this is missing.
     */
    draft?: boolean;
    name: LocalizedText;
    description?: LocalizedText;
    /**
     * All of it is paid together.
     */
    price: Array<PriceInput>;
    /**
     * How many there are in all, those that are sold included; any number where it is missing.
     */
    stock?: number;
    /**
     * How many one player can have; those that were cancelled or expired do not count. Those that were given as rewards do, but it keeps no reward back.
     */
    perPlayer?: number;
    /**
     * Nobody gets it before.
     */
    validFrom?: Instant;
    /**
     * Nobody gets it at this moment or later.
     */
    validUntil?: Instant;
    /**
     * Who can buy it: a segment, or whom an expression over `user`, `player` and `now` holds for; everybody where it is missing.
     */
    audience?: AudienceInput;
    /**
     * Whether each comes with a code of its own, from a pool that is uploaded; no code, no sale.
     */
    codes?: boolean;
    /**
     * `manual` holds the price until an operator fulfils it; `automatic` takes it at once.
     */
    fulfilment?: 'manual' | 'automatic';
    /**
     * How long a price is held at most: then it goes back.
     */
    fulfilWithinHours?: number;
};

/**
 * One page of a list.
 */
export type CatalogItemPage = {
    items: Array<CatalogItem>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * What a catalogue item becomes.
 */
export type CatalogItemUpdate = {
    /**
     * Whether to save it as a draft, which no player sees; it is published where this is missing.
     */
    draft?: boolean;
    /**
     * What becomes of running progress; `keep` where it is missing.
     */
    running?: Running;
    name: LocalizedText;
    description?: LocalizedText;
    /**
     * All of it is paid together.
     */
    price: Array<PriceInput>;
    /**
     * How many there are in all, those that are sold included; any number where it is missing.
     */
    stock?: number;
    /**
     * How many one player can have; those that were cancelled or expired do not count. Those that were given as rewards do, but it keeps no reward back.
     */
    perPlayer?: number;
    /**
     * Nobody gets it before.
     */
    validFrom?: Instant;
    /**
     * Nobody gets it at this moment or later.
     */
    validUntil?: Instant;
    /**
     * Who can buy it: a segment, or whom an expression over `user`, `player` and `now` holds for; everybody where it is missing.
     */
    audience?: AudienceInput;
    /**
     * Whether each comes with a code of its own, from a pool that is uploaded; no code, no sale.
     */
    codes?: boolean;
    /**
     * `manual` holds the price until an operator fulfils it; `automatic` takes it at once.
     */
    fulfilment?: 'manual' | 'automatic';
    /**
     * How long a price is held at most: then it goes back.
     */
    fulfilWithinHours?: number;
};

/**
 * How much is left of a catalogue item.
 */
export type CatalogStock = {
    item: Id;
    /**
     * How many there are in all; null for any number.
     */
    stock: number | null;
    /**
     * How many are sold or held.
     */
    taken: number;
    left: number | null;
    /**
     * Codes that nobody has; null where it has none.
     */
    freeCodes: number | null;
};

/**
 * A calendar date, `YYYY-MM-DD`.
 */
export type CivilDate = string;

/**
 * The player has to claim it, within a time or until a moment; after that it is gone. A player has at most 100 open claims: what comes while there are as many is given at once.
 */
export type ClaimTerms = {
    /**
     * For so long from when it was earned.
     */
    within: Duration;
} | {
    /**
     * Until this moment.
     */
    until: Instant;
};

/**
 * The player has to claim it, within a time or until a moment; after that it is gone. A player has at most 100 open claims: what comes while there are as many is given at once.
 */
export type ClaimTermsInput = {
    /**
     * For so long from when it was earned.
     */
    within: Duration;
} | {
    /**
     * Until this moment.
     */
    until: Instant;
};

/**
 * Something that was earned and not given in full.
 */
export type ClippedReward = {
    currency: Id;
    /**
     * What was earned.
     */
    asked: Amount;
    /**
     * What of it was given.
     */
    given: Amount;
    /**
     * What held the rest back: the cap of this period, or the most that a wallet holds. Others may be added.
     */
    by: 'day' | 'week' | 'month' | 'maximum' | (string & {});
    limit: Amount;
};

/**
 * The time of a workspace, and whose it is.
 */
export type Clock = {
    kind: ClockKind;
    /**
     * What time it is in this workspace.
     */
    now: Instant;
    version: Version;
};

/**
 * Where to set a test clock.
 */
export type ClockAdvance = {
    /**
     * Not before the present time of the workspace.
     */
    to: Instant;
};

/**
 * `real` follows the time of the world; `test` stands still until it is advanced.
 */
export type ClockKind = 'real' | 'test';

/**
 * What happened while the clock was advanced.
 */
export type ClockReport = {
    /**
     * What time it is now.
     */
    now: Instant;
    /**
     * In the order in which they ran: by time, then kind, then subject. At most 200. A mission in each user's own zone opens for nobody, so it has no line: its progress begins with a first event, and its end is a line of the player (`missionsExpired`).
     */
    boundaries: Array<Boundary>;
    /**
     * Whether the clock has arrived; false where more is due before it does.
     */
    done: boolean;
    /**
     * Where to advance to in order to go on; null where the clock has arrived.
     */
    nextTo: Instant | null;
};

/**
 * Whose time to live by from now on.
 */
export type ClockUpdate = {
    kind: ClockKind;
};

/**
 * What became of uploaded codes. They are not shown again.
 */
export type CodeReceipt = {
    added: number;
    /**
     * Those that were in the pool before, given away or not.
     */
    known: number;
};

/**
 * Up to 500 codes; each is given to one player only.
 */
export type CodeUpload = {
    codes: Array<string>;
};

/**
 * A member of a cohort.
 */
export type CohortLine = {
    rank: number;
    score: Amount;
    player: LeaderboardPlayer;
    isMe: boolean;
    outcome: CohortOutcome;
};

/**
 * Where the rank leads, as things are or as they were settled.
 */
export type CohortOutcome = 'promoted' | 'stays' | 'demoted';

/**
 * `none`: nothing scored this week. `drawing`: in as soon as the week before is settled. `playing`: in a cohort. `settled`: the week is over.
 */
export type CohortState = 'none' | 'drawing' | 'playing' | 'settled';

/**
 * True or false, in CEL, over `event` (`id`, `activity`, `value`, `occurredAt`, `attributes`), `user` (`id`, `language`, `zone`, `attributes`, `tags`), `player` (`balances`, `levels`, `badges` and `counters`, as they were before the event) and `now` (the moment of the event, however late it is told). At most 200 nodes, no loop inside a loop, no regular expressions.
 */
export type Condition = string;

/**
 * What was done to one definition.
 */
export type ConfigApplied = {
    /**
     * A kind of definition, or `userAttributes`. Kinds may be added.
     */
    kind: 'activities' | 'currencies' | 'missions' | 'rewardRules' | 'streaks' | 'leaderboards' | 'leagues' | 'segments' | 'badges' | 'levelTracks' | 'catalogItems' | 'webhooks' | 'userAttributes' | (string & {});
    /**
     * The id of the definition; `userAttributes` of what is declared of users.
     */
    id: Id;
    action: 'create' | 'update' | 'archive';
};

/**
 * A document to apply, to the state that was planned for.
 */
export type ConfigApplyRequest = {
    document: ConfigDocumentInput;
    /**
     * Which parts of the document count; all where it is missing. The others are left alone.
     */
    parts?: Array<ConfigPart>;
    /**
     * Whether webhooks that are here keep their own URLs, whatever the document says: what leads elsewhere in each environment.
     */
    keepUrls?: boolean;
    /**
     * The state of the workspace that was planned for.
     */
    base: string;
    /**
     * What becomes of the running progress of what is changed; `keep` where it is missing, and for kinds that know nothing else.
     */
    running?: Running;
};

/**
 * What a document means for one definition.
 */
export type ConfigChange = {
    /**
     * A kind of definition, or `userAttributes`. Kinds may be added.
     */
    kind: 'activities' | 'currencies' | 'missions' | 'rewardRules' | 'streaks' | 'leaderboards' | 'leagues' | 'segments' | 'badges' | 'levelTracks' | 'catalogItems' | 'webhooks' | 'userAttributes' | (string & {});
    /**
     * The id of the definition; `userAttributes` of what is declared of users.
     */
    id: Id;
    action: 'create' | 'update' | 'archive' | 'unchanged';
    /**
     * Of an update, field by field.
     */
    differences: Array<ConfigDifference>;
};

/**
 * A field that a document changes.
 */
export type ConfigDifference = {
    /**
     * JSON pointer into the definition.
     */
    pointer: string;
    /**
     * What it is now; missing where it is not there.
     */
    before?: unknown;
    /**
     * What it becomes; missing where it goes.
     */
    after?: unknown;
};

/**
 * All definitions that are at work in a workspace, in one order, and what it declares of its users: without authors, times and versions, without drafts, and without the secrets and deliveries of webhooks.
 */
export type ConfigDocument = {
    /**
     * What a document is written as.
     */
    format: 'laurel.config/1';
    /**
     * By kind, each definition as it can be created, with its id. A kind that is left out is left alone; what a kind that is there does not list is archived.
     */
    definitions: {
        [key in DefinitionKind]?: Array<{
            [key: string]: unknown;
        }>;
    };
    /**
     * What the workspace declares of its users' attributes, all of it; null lets them have any. Left alone where it is left out.
     */
    userAttributes?: UserAttributeDeclarations | null;
};

/**
 * All definitions that are at work in a workspace, in one order, and what it declares of its users: without authors, times and versions, without drafts, and without the secrets and deliveries of webhooks.
 */
export type ConfigDocumentInput = {
    /**
     * What a document is written as.
     */
    format: 'laurel.config/1';
    /**
     * By kind, each definition as it can be created, with its id. A kind that is left out is left alone; what a kind that is there does not list is archived.
     */
    definitions: {
        [key in DefinitionKind]?: Array<{
            [key: string]: unknown;
        }>;
    };
    /**
     * What the workspace declares of its users' attributes, all of it; null lets them have any. Left alone where it is left out.
     */
    userAttributes?: UserAttributeDeclarationsInput | null;
};

/**
 * A kind of definition, or `userAttributes`: what the workspace declares of its users' attributes.
 */
export type ConfigPart = 'activities' | 'currencies' | 'missions' | 'rewardRules' | 'streaks' | 'leaderboards' | 'leagues' | 'segments' | 'badges' | 'levelTracks' | 'catalogItems' | 'webhooks' | 'userAttributes';

/**
 * What applying a document would do.
 */
export type ConfigPlan = {
    /**
     * The state that this plan is for: give it to `apply`.
     */
    base: string;
    creates: number;
    updates: number;
    archives: number;
    unchanged: number;
    /**
     * By kind and id.
     */
    changes: Array<ConfigChange>;
};

/**
 * A document to compare this workspace with.
 */
export type ConfigPlanRequest = {
    document: ConfigDocumentInput;
    /**
     * Which parts of the document count; all where it is missing. The others are left alone.
     */
    parts?: Array<ConfigPart>;
    /**
     * Whether webhooks that are here keep their own URLs, whatever the document says: what leads elsewhere in each environment.
     */
    keepUrls?: boolean;
};

/**
 * What applying a document did.
 */
export type ConfigResult = {
    /**
     * The state of the workspace now.
     */
    base: string;
    /**
     * The version of the ruleset now.
     */
    ruleset: number;
    creates: number;
    updates: number;
    archives: number;
    unchanged: number;
    /**
     * What was changed, by kind and id.
     */
    changes: Array<ConfigApplied>;
};

/**
 * Whether a user agrees to a purpose.
 */
export type Consent = {
    purpose: PurposeId;
    name: string;
    granted: boolean;
    /**
     * Null where the user has said nothing.
     */
    decidedAt: Instant | null;
};

/**
 * What the user decides.
 */
export type ConsentChange = {
    granted: boolean;
};

/**
 * What a user decided about a purpose, and when.
 */
export type ConsentDecision = {
    granted: boolean;
    decidedAt: Instant;
};

/**
 * One page of a list.
 */
export type ConsentPage = {
    items: Array<Consent>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * What users may agree to.
 */
export type ConsentPurpose = {
    id: PurposeId;
    name: string;
};

/**
 * What users may agree to.
 */
export type ConsentPurposeInput = {
    id: PurposeId;
    name: string;
};

/**
 * What was achieved: the badge in its tier.
 */
export type CredentialAchievement = {
    id: string;
    type: Array<string>;
    achievementType: string;
    name: string;
    description: string;
    criteria: CredentialCriteria;
    image?: CredentialImage;
};

/**
 * What it took.
 */
export type CredentialCriteria = {
    narrative: string;
};

/**
 * Whom the credential is about, by a salted hash: no personal data in clear.
 */
export type CredentialIdentity = {
    type: 'IdentityObject';
    hashed: true;
    /**
     * `sha256$` and the SHA-256 of the identity followed by the salt, in hexadecimal.
     */
    identityHash: string;
    identityType: string;
    salt: string;
};

/**
 * The picture, by its address or whole as a `data` URL.
 */
export type CredentialImage = {
    id: string;
    type: 'Image';
};

/**
 * The workspace that issued the credential; its `id` is a `did:web`.
 */
export type CredentialIssuer = {
    id: string;
    type: Array<string>;
    name: string;
};

/**
 * A Data Integrity proof: an Ed25519 signature over the credential.
 */
export type CredentialProof = {
    type: 'DataIntegrityProof';
    cryptosuite: 'eddsa-rdfc-2022';
    created: Instant;
    verificationMethod: string;
    proofPurpose: 'assertionMethod';
    proofValue: string;
};

/**
 * Where revoked credentials are listed.
 */
export type CredentialStatus = {
    id: string;
    type: '1EdTechRevocationList';
};

/**
 * Who achieved what.
 */
export type CredentialSubject = {
    id: string;
    type: Array<string>;
    identifier: Array<CredentialIdentity>;
    achievement: CredentialAchievement;
};

/**
 * Minute, hour, day of the month, month, day of the week. A local time that clocks skip comes due at the moment when they skip it; one that they show twice, the first time alone.
 */
export type CronExpression = string;

/**
 * Something that players earn and wallets hold.
 */
export type Currency = {
    id: Id;
    status: DefinitionStatus;
    /**
     * Counts up with each change of what is at work; of a draft, the version that it will be.
     */
    version: Version;
    /**
     * Counts up with each change, drafts included; it is the ETag.
     */
    revision: Version;
    /**
     * Whether there is a draft that waits to be published.
     */
    draft: boolean;
    createdAt: Instant;
    /**
     * When this version was saved.
     */
    updatedAt: Instant;
    /**
     * Who saved this version.
     */
    author: string;
    /**
     * When this version came to work; null for a draft.
     */
    publishedAt: Instant | null;
    /**
     * What this version makes of running progress.
     */
    running: Running;
    /**
     * The version of the workspace’s ruleset from which this version is at work; null for a draft.
     */
    ruleset: number | null;
    name: LocalizedText;
    description?: LocalizedText;
    precision: number;
    /**
     * What a player cannot spend: no debit takes less than this to be left. 0 where it is missing.
     */
    minimum?: number;
    /**
     * The most that a wallet holds: what is earned beyond is not given, a credit by hand is refused.
     */
    maximum?: number;
    expiry?: CurrencyExpiry;
    /**
     * Whether players may give it to one another; not where it is missing.
     */
    transferable?: boolean;
    caps?: EarningCaps;
};

/**
 * A new currency.
 */
export type CurrencyCreate = {
    /**
     * Your own id; Laurel makes one where it is missing.
     */
    id?: DefinitionId;
    /**
     * Whether to save it as a draft, which no player sees; it is published where this is missing.
     */
    draft?: boolean;
    name: LocalizedText;
    description?: LocalizedText;
    /**
     * Decimal places when shown; amounts stay integers in minor units.
     */
    precision?: number;
    /**
     * What a player cannot spend: no debit takes less than this to be left. 0 where it is missing.
     */
    minimum?: number;
    /**
     * The most that a wallet holds: what is earned beyond is not given, a credit by hand is refused.
     */
    maximum?: number;
    expiry?: CurrencyExpiryInput;
    /**
     * Whether players may give it to one another; not where it is missing.
     */
    transferable?: boolean;
    caps?: EarningCapsInput;
};

/**
 * How amounts expire; the first to expire are spent first. What comes in on one day expires together.
 */
export type CurrencyExpiry = {
    /**
     * For how many whole days, in UTC, an amount is good after the day on which it came in.
     */
    afterDays: number;
};

/**
 * How amounts expire; the first to expire are spent first. What comes in on one day expires together.
 */
export type CurrencyExpiryInput = {
    /**
     * For how many whole days, in UTC, an amount is good after the day on which it came in.
     */
    afterDays: number;
};

/**
 * One page of a list.
 */
export type CurrencyPage = {
    items: Array<Currency>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * What a currency becomes.
 */
export type CurrencyUpdate = {
    /**
     * Whether to save it as a draft, which no player sees; it is published where this is missing.
     */
    draft?: boolean;
    /**
     * What becomes of running progress; `keep` where it is missing.
     */
    running?: Running;
    name: LocalizedText;
    description?: LocalizedText;
    /**
     * Decimal places when shown; amounts stay integers in minor units.
     */
    precision?: number;
    /**
     * What a player cannot spend: no debit takes less than this to be left. 0 where it is missing.
     */
    minimum?: number;
    /**
     * The most that a wallet holds: what is earned beyond is not given, a credit by hand is refused.
     */
    maximum?: number;
    expiry?: CurrencyExpiryInput;
    /**
     * Whether players may give it to one another; not where it is missing.
     */
    transferable?: boolean;
    caps?: EarningCapsInput;
};

/**
 * Who calls, and where in this tenant they work.
 */
export type DashboardMe = {
    kind: 'operator' | 'machine';
    id: Id;
    email: string | null;
    tenant: Slug;
    workspace: Slug;
    /**
     * Null for a machine, which has scopes.
     */
    role: RoleId | null;
    /**
     * Of a machine.
     */
    scopes: Array<string>;
    /**
     * Where they work within this tenant; none for a machine, which has one workspace.
     */
    memberships: Array<Membership>;
};

/**
 * An id of a definition: 1 to 100 of letters, digits and `_ . : -`.
 */
export type DefinitionId = Id;

/**
 * A kind of definition, by the name of its resource.
 */
export type DefinitionKind = 'activities' | 'currencies' | 'missions' | 'rewardRules' | 'streaks' | 'leaderboards' | 'leagues' | 'segments' | 'badges' | 'levelTracks' | 'catalogItems' | 'webhooks';

/**
 * `draft` was never published; `published` is at work; `archived` starts nothing new.
 */
export type DefinitionStatus = 'draft' | 'published' | 'archived';

/**
 * An IANA time zone, or `user` for each player's own.
 */
export type DefinitionZone = 'user' | Zone;

/**
 * One attempt to deliver.
 */
export type DeliveryAttempt = {
    at: Instant;
    outcome: DeliveryOutcome;
    /**
     * The HTTP status that was answered, if any.
     */
    status: number | null;
    milliseconds: number;
};

/**
 * `delivered`: answered with 2xx. `refused`: with another status; redirects are not followed. `gone`: with 410, which ends it. Others may be added.
 */
export type DeliveryOutcome = 'delivered' | 'refused' | 'gone' | 'timed_out' | 'connection_failed' | 'destination_not_allowed' | 'webhook_not_active' | (string & {});

/**
 * `dead`: given up after 24 hours; retry or replay it by hand.
 */
export type DeliveryStatus = 'pending' | 'delivered' | 'dead';

/**
 * The TXT record of the DNS that proves it.
 */
export type DomainProof = {
    name: string;
    value: string;
};

/**
 * A rule by which people with an e-mail address of a domain join.
 */
export type DomainRule = {
    id: Id;
    /**
     * In ASCII (IDNA).
     */
    domain: string;
    role: RoleId;
    /**
     * A rule lets nobody in until the domain has proven to be yours.
     */
    status: 'pending' | 'verified';
    record: DomainProof;
    createdAt: Instant;
    verifiedAt: Instant | null;
};

/**
 * The domain whose people may join, and as what.
 */
export type DomainRuleCreate = {
    /**
     * Without subdomains: they are other domains. Other letters are compared by IDNA.
     */
    domain: string;
    role: RoleId;
};

/**
 * One page of a list.
 */
export type DomainRulePage = {
    items: Array<DomainRule>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * A length of time: a number of seconds, or ISO 8601 (`P7D`, `P2W`, `PT1H30M`). A day is 24 hours; months and years, which have no fixed length, are not taken.
 */
export type Duration = number | string;

/**
 * The most that a player earns in a period.
 */
export type EarningCap = {
    per: Cadence;
    amount: PositiveAmount;
};

/**
 * The most that a player earns in a period.
 */
export type EarningCapInput = {
    per: Cadence;
    amount: PositiveAmount;
};

/**
 * The most that a player earns by rules and missions; what is beyond is not given, and the effects say so. What is given by hand or transferred is not counted.
 */
export type EarningCaps = {
    zone: DefinitionZone;
    limits: Array<EarningCap>;
};

/**
 * The most that a player earns by rules and missions; what is beyond is not given, and the effects say so. What is given by hand or transferred is not counted.
 */
export type EarningCapsInput = {
    zone?: DefinitionZone;
    limits: Array<EarningCapInput>;
};

/**
 * What was minted, burned and is outstanding, by day.
 */
export type EconomyReport = {
    from: CivilDate;
    to: CivilDate;
    /**
     * In which days are told: the zone of the workspace.
     */
    zone: Zone;
    /**
     * Whether the rows tell of everybody who was asked for; false of each part of what comes in parts.
     */
    complete: boolean;
    /**
     * Null where everybody was asked for.
     */
    players: ReportPlayers | null;
    rows: Array<EconomyRow>;
    /**
     * Give it as `part` for the next users of a segment, and add up the numbers of rows that are of the same thing; null at the end.
     */
    nextPart: string | null;
};

/**
 * What came into being of a currency, and went, on one day.
 */
export type EconomyRow = {
    /**
     * The day on which it happened, whenever it was reported.
     */
    day: CivilDate;
    currency: Id;
    /**
     * What came into wallets from the workspace.
     */
    minted: Amount;
    /**
     * What was spent, expired, or was taken back.
     */
    burned: Amount;
    /**
     * What came from other players, less what went to them: over all players, 0 of each transfer.
     */
    received: Amount;
    /**
     * What the players had at the end of the day, held amounts included, less what they owed.
     */
    outstanding: Amount;
};

/**
 * All that an event brought about.
 */
export type Effects = {
    /**
     * Progress that moved.
     */
    progress: Array<Progress>;
    missionsCompleted: Array<MissionCompletion>;
    rewards: Array<GrantedReward>;
    /**
     * Reward rules that matched and gave nothing: `cap_reached`, `cooling_down`, `budget_exhausted`, `sold_out`, `not_offered`, `gives_nothing`; and items of missions and levels that could not be given.
     */
    withheld: Array<WithheldReward>;
    /**
     * What was earned and could not be given, or not all of it.
     */
    clipped: Array<ClippedReward>;
    /**
     * Movements in the player's wallets.
     */
    ledger: Array<LedgerEntry>;
    streaks: Array<StreakEffect>;
    scores: Array<ScoreEffect>;
    /**
     * Badges that were earned, tier by tier.
     */
    badges: Array<BadgeEffect>;
    /**
     * Levels that were reached or lost, in order.
     */
    levels: Array<LevelEffect>;
};

/**
 * An e-mail address.
 */
export type Email = string;

/**
 * What an erasure has destroyed, removed and kept.
 */
export type ErasureReceipt = {
    /**
     * Since then nothing that was sealed for the user can be read.
     */
    keyDestroyedAt: Instant;
    /**
     * How many records were removed, by kind.
     */
    removed: {
        [key: string]: number;
    };
    /**
     * How many were kept without a word of the person, so that sums and ranks stay right, by kind.
     */
    kept: {
        [key: string]: number;
    };
    /**
     * HMAC-SHA256 of the request by a secret of the workspace: nobody else can have written this receipt.
     */
    signature: string;
};

/**
 * An event as it was recorded.
 */
export type Event = {
    id: Id;
    activity: Id;
    userId: Id;
    occurredAt: Instant;
    receivedAt: Instant;
    value: number;
    attributes: Attributes;
    /**
     * Since when it counts no more; null as long as it counts.
     */
    voidedAt: Instant | null;
    /**
     * Whether it is over a limit of its activity, and so earned and moved nothing. Another event that comes late, or is undone, may change that.
     */
    limited: boolean;
};

/**
 * What `event.counted` says.
 */
export type EventCountedData = {
    eventId: Id;
    activity: Id;
    value: number;
    /**
     * Whether it is over a limit of its activity, and moves nothing.
     */
    limited: boolean;
};

/**
 * An event was counted.
 */
export type EventCountedHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'event.counted';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: EventCountedData;
};

/**
 * Why an event brought about what it did.
 */
export type EventExplanation = {
    event: Event;
    /**
     * The ruleset that decided it, and decides it for ever.
     */
    rulesetVersion: number;
    /**
     * Every rule that was considered, in the order in which it was.
     */
    rules: Array<RuleExplanation>;
    /**
     * What the event gives by what is known now; a late or voided event may have changed it.
     */
    granted: Array<GrantedAmount>;
};

/**
 * What `event.limited` says.
 */
export type EventLimitedData = {
    eventId: Id;
    activity: Id;
    /**
     * Whether it is over a limit now.
     */
    limited: boolean;
};

/**
 * Another event, late or undone, put this one over a limit, or brought it back.
 */
export type EventLimitedHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'event.limited';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: EventLimitedData;
};

/**
 * One page of a list.
 */
export type EventPage = {
    items: Array<Event>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * An event and what it brought about.
 */
export type EventReceipt = {
    event: Event;
    effects: Effects;
};

/**
 * Something that the player did.
 */
export type EventTrack = {
    /**
     * Your own id makes the event count exactly once, however often it is sent. Laurel makes one where it is missing.
     */
    id?: Id;
    activity: Id;
    /**
     * When it happened; now where it is missing. At most five minutes ahead, any time back.
     */
    occurredAt?: Instant;
    /**
     * How much of it; 1 where it is missing.
     */
    value?: number;
    attributes?: Attributes;
    /**
     * True: answer with the effects, and store nothing.
     */
    dryRun?: boolean;
};

/**
 * Up to 500 events; one bad item does not fail the rest.
 */
export type EventTrackBatch = {
    events: Array<BatchEvent>;
    /**
     * True: answer with the effects, and store nothing.
     */
    dryRun?: boolean;
};

/**
 * Why an event is taken back.
 */
export type EventVoid = {
    /**
     * Why, for the record.
     */
    note: string;
};

/**
 * What `event.voided` says.
 */
export type EventVoidedData = {
    eventId: Id;
    activity: Id;
};

/**
 * An event was undone.
 */
export type EventVoidedHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'event.voided';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: EventVoidedData;
};

/**
 * An expression to check.
 */
export type ExpressionCheck = {
    expression: string;
    /**
     * The activity whose attributes `event` has; where it is missing, `event.attributes` is not checked.
     */
    activity?: Id;
    /**
     * What it is about: an event and all around it, or, as in a segment, a user alone.
     */
    about?: 'event' | 'user';
};

/**
 * An expression, and facts to try it on.
 */
export type ExpressionEvaluate = {
    expression: Condition;
    /**
     * The activity whose attributes `event` has; where it is missing, `event.attributes` is not checked.
     */
    activity?: Id;
    /**
     * What it is about: an event and all around it, or, as in a segment, a user alone.
     */
    about?: 'event' | 'user';
    facts: SampleFacts;
};

/**
 * A part of an expression, and what it came to by itself.
 */
export type ExpressionPart = {
    expression: string;
    from: number;
    to: number;
    /**
     * Lists and maps as JSON text, times as RFC 3339.
     */
    value?: string | number | boolean;
    /**
     * Why there is no value; a condition then counts as false.
     */
    refusal?: string;
};

/**
 * What is wrong with an expression, and where.
 */
export type ExpressionProblem = {
    message: string;
    /**
     * The first character that is wrong, from 0.
     */
    from: number;
    /**
     * The character after the last that is wrong.
     */
    to: number;
};

/**
 * Whether an expression is well-formed, of which type, and what is wrong with it.
 */
export type ExpressionReport = {
    ok: boolean;
    /**
     * As CEL names it; a condition must be `bool`.
     */
    type?: string;
    problems: Array<ExpressionProblem>;
};

/**
 * What an expression came to, and each part of it.
 */
export type ExpressionResult = {
    /**
     * As CEL names it; a condition must be `bool`.
     */
    type: string;
    /**
     * Lists and maps as JSON text, times as RFC 3339.
     */
    value?: string | number | boolean;
    /**
     * Why there is no value; a condition then counts as false.
     */
    refusal?: string;
    /**
     * The innermost first, the whole last; what is inside a loop is left out.
     */
    parts: Array<ExpressionPart>;
};

/**
 * A field that is wrong, and why.
 */
export type FieldError = {
    /**
     * JSON pointer (RFC 6901) into the body, or `/query/…`, `/params/…`, `/headers/…`.
     */
    pointer: string;
    code: string;
    message: string;
    /**
     * Inside a text such as an expression: the first character that is wrong, from 0.
     */
    from?: number;
    /**
     * The character after the last that is wrong.
     */
    to?: number;
};

/**
 * Freezes that are given by hand.
 */
export type FreezeGrant = {
    count: number;
    /**
     * Why, for the record.
     */
    note: string;
};

/**
 * How many freezes are bought.
 */
export type FreezePurchase = {
    /**
     * No more than can be held.
     */
    count: number;
};

/**
 * Missions, step by step, by the day of the start.
 */
export type FunnelReport = {
    from: CivilDate;
    to: CivilDate;
    /**
     * In which days are told: the zone of the workspace.
     */
    zone: Zone;
    /**
     * Whether the rows tell of everybody who was asked for; false of each part of what comes in parts.
     */
    complete: boolean;
    /**
     * Null where everybody was asked for.
     */
    players: ReportPlayers | null;
    rows: Array<FunnelRow>;
    /**
     * Give it as `part` for the next users of a segment, and add up the numbers of rows that are of the same thing; null at the end.
     */
    nextPart: string | null;
};

/**
 * How many of those who began a mission on one day have come to one stage.
 */
export type FunnelRow = {
    /**
     * The day on which they began, whenever that was reported.
     */
    day: CivilDate;
    mission: Id;
    /**
     * The version of the mission that they are on.
     */
    version: Version;
    stage: FunnelStage;
    /**
     * Which step they reached, from 0; null of other stages.
     */
    step: number | null;
    /**
     * How many have come to it by now: each time that one player began counts.
     */
    players: number;
};

/**
 * All that began; those that have reached the target of a step; and of all, what they came to by now: completed, over before it was reached, given up, or still open. Others may be added.
 */
export type FunnelStage = 'started' | 'step' | 'completed' | 'expired' | 'cancelled' | 'active' | (string & {});

/**
 * What was given by hand, as it stands in the ledger.
 */
export type Grant = {
    userId: Id;
    note: string;
    ledger: Array<LedgerEntry>;
};

/**
 * Something that is given by hand.
 */
export type GrantCreate = {
    /**
     * All of it is given, or nothing. Amounts are held against no earning caps.
     */
    rewards: Array<PlainRewardInput>;
    /**
     * Why; it stays in the ledger.
     */
    note: string;
};

/**
 * An amount, and what for.
 */
export type GrantedAmount = {
    currency: Id;
    amount: Amount;
    reason: LedgerReason;
};

/**
 * Something that was given, or is to be claimed, and what for.
 */
export type GrantedReward = {
    source: RewardSource;
    /**
     * By which id, and until when, the player has to claim it; null where it was given at once.
     */
    claim: {
        id: Id;
        expiresAt: Instant;
    } | null;
    kind: 'currency';
    currency: Id;
    amount: PositiveAmount;
} | {
    source: RewardSource;
    /**
     * By which id, and until when, the player has to claim it; null where it was given at once.
     */
    claim: {
        id: Id;
        expiresAt: Instant;
    } | null;
    kind: 'badge';
    badge: Id;
} | {
    source: RewardSource;
    /**
     * By which id, and until when, the player has to claim it; null where it was given at once.
     */
    claim: {
        id: Id;
        expiresAt: Instant;
    } | null;
    kind: 'experience';
    track: Id;
    amount: PositiveAmount;
} | {
    source: RewardSource;
    /**
     * By which id, and until when, the player has to claim it; null where it was given at once.
     */
    claim: {
        id: Id;
        expiresAt: Instant;
    } | null;
    kind: 'streakFreeze';
    streak: Id;
    count: number;
} | {
    source: RewardSource;
    /**
     * By which id, and until when, the player has to claim it; null where it was given at once.
     */
    claim: {
        id: Id;
        expiresAt: Instant;
    } | null;
    kind: 'item';
    item: Id;
    quantity: number;
};

/**
 * Something that happened. Expect types that are not listed yet, and pass over them.
 */
export type Happening = EventCountedHappening | EventLimitedHappening | EventVoidedHappening | MissionJoinedHappening | MissionProgressedHappening | MissionCompletedHappening | MissionRevertedHappening | MissionExpiredHappening | RewardGrantedHappening | RewardClaimedHappening | RewardExpiredHappening | RewardRevertedHappening | BadgeAwardedHappening | BadgeRevokedHappening | LevelReachedHappening | LevelLostHappening | StreakExtendedHappening | StreakMilestoneHappening | StreakBrokenHappening | StreakFrozenHappening | StreakRepairedHappening | WalletChangedHappening | RedemptionCreatedHappening | RedemptionFulfilledHappening | RedemptionCancelledHappening | RedemptionExpiredHappening | LeaderboardClosedHappening | LeagueSettledHappening | UserCreatedHappening | UserUpdatedHappening | UserErasedHappening | TeamJoinedHappening | TeamLeftHappening | WebhookDisabledHappening | WebhookTestHappening;

/**
 * A type of happening.
 */
export type HappeningTypeName = 'event.counted' | 'event.limited' | 'event.voided' | 'mission.joined' | 'mission.progressed' | 'mission.completed' | 'mission.reverted' | 'mission.expired' | 'reward.granted' | 'reward.claimed' | 'reward.expired' | 'reward.reverted' | 'badge.awarded' | 'badge.revoked' | 'level.reached' | 'level.lost' | 'streak.extended' | 'streak.milestone' | 'streak.broken' | 'streak.frozen' | 'streak.repaired' | 'wallet.changed' | 'redemption.created' | 'redemption.fulfilled' | 'redemption.cancelled' | 'redemption.expired' | 'leaderboard.closed' | 'league.settled' | 'user.created' | 'user.updated' | 'user.erased' | 'team.joined' | 'team.left' | 'webhook.disabled' | 'webhook.test';

/**
 * The platform works: its table answered.
 */
export type Health = {
    status: 'ok';
    version: string;
    cell: string;
};

/**
 * Something that the caller may do.
 */
export type HeldPermission = {
    action: string;
    /**
     * To whom: to everybody, to those whom the conditions name, or to nobody, where it is of use only for what tells of no player.
     */
    players: 'all' | 'some' | 'none';
};

/**
 * An id: 1 to 128 of letters, digits and `_ . : -`.
 */
export type Id = string;

/**
 * A moment, RFC 3339; answers are always in UTC.
 */
export type Instant = string;

/**
 * An offer to work in a workspace. It is forgotten 60 days after its time, whatever became of it.
 */
export type Invitation = {
    id: Id;
    email: string;
    role: RoleId;
    workspaces: Array<Slug>;
    status: InvitationStatus;
    invitedBy: string;
    createdAt: Instant;
    expiresAt: Instant;
    acceptedAt: Instant | null;
};

/**
 * The token of an invitation, and a password for whoever has no account yet.
 */
export type InvitationAccept = {
    /**
     * Of the e-mail.
     */
    token: string;
    /**
     * For whoever has no account yet; it changes nothing of an account that there is.
     */
    password?: string;
};

/**
 * Whom to invite, as what, and where.
 */
export type InvitationCreate = {
    email: Email;
    role: RoleId;
    /**
     * For how many seconds of real time it can be accepted, at most 30 days.
     */
    expiresIn?: number;
    /**
     * Whether it is sent by e-mail; if not, its token is in the answer, this once.
     */
    send?: boolean;
    /**
     * Where they will work; in this workspace alone where it is missing.
     */
    workspaces?: Array<Slug>;
};

/**
 * One page of a list.
 */
export type InvitationPage = {
    items: Array<Invitation>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * How an invitation is sent once more.
 */
export type InvitationResend = {
    /**
     * For how many seconds of real time it can be accepted, at most 30 days.
     */
    expiresIn?: number;
    /**
     * Whether it is sent by e-mail; if not, its token is in the answer, this once.
     */
    send?: boolean;
};

/**
 * What became of an invitation; one that is pending keeps a seat.
 */
export type InvitationStatus = 'pending' | 'accepted' | 'revoked' | 'expired';

/**
 * An invitation, with its token where it was not sent.
 */
export type InvitationWithToken = {
    invitation: Invitation;
    /**
     * Shown this once, and only where it was not sent.
     */
    token: string | null;
};

/**
 * An IPv4 or IPv6 address.
 */
export type IpAddress = string;

/**
 * An IPv4 or IPv6 address, or a range (CIDR).
 */
export type IpRange = string;

/**
 * A tenant's own OpenID Connect issuer: its tokens make players.
 */
export type Issuer = {
    id: Id;
    issuer: IssuerUrl;
    audiences: Array<IssuerAudience>;
    userClaim: string;
    algorithms: Array<IssuerAlgorithm>;
    version: Version;
    createdAt: Instant;
    updatedAt: Instant;
};

/**
 * By which tokens may be signed; there are no others.
 */
export type IssuerAlgorithm = 'RS256' | 'ES256';

/**
 * What tokens are for, and the workspace that these open.
 */
export type IssuerAudience = {
    /**
     * A client id or an API's name, as `aud` has it, or `client_id` where there is no `aud`.
     */
    audience: string;
    workspace: Slug;
};

/**
 * What tokens are for, and the workspace that these open.
 */
export type IssuerAudienceInput = {
    /**
     * A client id or an API's name, as `aud` has it, or `client_id` where there is no `aud`.
     */
    audience: string;
    workspace: Slug;
};

/**
 * Where the players of a tenant sign in.
 */
export type IssuerCreate = {
    id?: Id;
    issuer: IssuerUrl;
    /**
     * Each audience opens one workspace. A token of any other audience is refused.
     */
    audiences: Array<IssuerAudienceInput>;
    /**
     * The claim that names the player: what it says is the user's `externalId`.
     */
    userClaim?: string;
    /**
     * By which its tokens are signed.
     */
    algorithms?: Array<IssuerAlgorithm>;
};

/**
 * One page of a list.
 */
export type IssuerPage = {
    items: Array<Issuer>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * What an issuer becomes.
 */
export type IssuerUpdate = {
    issuer: IssuerUrl;
    /**
     * Each audience opens one workspace. A token of any other audience is refused.
     */
    audiences: Array<IssuerAudienceInput>;
    /**
     * The claim that names the player: what it says is the user's `externalId`.
     */
    userClaim?: string;
    /**
     * By which its tokens are signed.
     */
    algorithms?: Array<IssuerAlgorithm>;
};

/**
 * The `iss` of its tokens, to the letter: an https URL on port 443 of a public host, at which OpenID Connect Discovery finds its keys.
 */
export type IssuerUrl = string;

/**
 * A code by which people come in; the code itself is not told again.
 */
export type JoinCode = {
    id: Id;
    name: string;
    gives: JoinCodeGift;
    uses: number | null;
    used: number;
    status: 'active' | 'used_up' | 'revoked' | 'expired';
    createdBy: string;
    createdAt: Instant;
    expiresAt: Instant;
};

/**
 * A new code.
 */
export type JoinCodeCreate = {
    name: string;
    gives: JoinCodeGiftInput;
    /**
     * How many can redeem it; as many as like where it is null.
     */
    uses?: number | null;
    /**
     * For how many seconds of real time it can be redeemed, at most 366 days.
     */
    expiresIn?: number;
};

/**
 * What a code gives: to an operator of the tenant a role in this workspace; to a player tags, by which they are in an audience, and a place in a team.
 */
export type JoinCodeGift = {
    kind: 'membership';
    role: RoleId;
} | {
    kind: 'player';
    /**
     * Tags that the player has besides, from then on.
     */
    tags: Tags;
    /**
     * A team that the player joins, also a closed or private one.
     */
    team: Id | null;
};

/**
 * What a code gives: to an operator of the tenant a role in this workspace; to a player tags, by which they are in an audience, and a place in a team.
 */
export type JoinCodeGiftInput = {
    kind: 'membership';
    role: RoleId;
} | {
    kind: 'player';
    /**
     * Tags that the player has besides, from then on.
     */
    tags?: Tags;
    /**
     * A team that the player joins, also a closed or private one.
     */
    team?: Id | null;
};

/**
 * One page of a list.
 */
export type JoinCodePage = {
    items: Array<JoinCode>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * A code as it was given out.
 */
export type JoinCodeRedeem = {
    code: string;
};

/**
 * A new code, which is shown this once.
 */
export type JoinCodeWithCode = {
    joinCode: JoinCode;
    /**
     * Shown this once.
     */
    code: string;
};

/**
 * What a player has by a code.
 */
export type JoinReceipt = {
    name: string;
    /**
     * The team that they joined.
     */
    team: Id | null;
};

/**
 * A BCP 47 language tag.
 */
export type Language = string;

/**
 * A ranking by score.
 */
export type Leaderboard = {
    id: Id;
    status: DefinitionStatus;
    /**
     * Counts up with each change of what is at work; of a draft, the version that it will be.
     */
    version: Version;
    /**
     * Counts up with each change, drafts included; it is the ETag.
     */
    revision: Version;
    /**
     * Whether there is a draft that waits to be published.
     */
    draft: boolean;
    createdAt: Instant;
    /**
     * When this version was saved.
     */
    updatedAt: Instant;
    /**
     * Who saved this version.
     */
    author: string;
    /**
     * When this version came to work; null for a draft.
     */
    publishedAt: Instant | null;
    /**
     * What this version makes of running progress.
     */
    running: Running;
    /**
     * The version of the workspace’s ruleset from which this version is at work; null for a draft.
     */
    ruleset: number | null;
    name: LocalizedText;
    description?: LocalizedText;
    scope: LeaderboardScope;
    source: ScoreSource;
    window: LeaderboardWindow;
    ties: TiesRule;
    direction: ScoreDirection;
    /**
     * Only events for which this holds score.
     */
    condition?: Condition;
    audience?: Audience;
    prizes: Array<Prize>;
    tiedPrizes: TiedPrizes;
    /**
     * How long after its end a period waits for late events before it is closed.
     */
    graceMinutes: number;
};

/**
 * Which period to close.
 */
export type LeaderboardClose = {
    period: PeriodKey;
};

/**
 * What `leaderboard.closed` says.
 */
export type LeaderboardClosedData = {
    leaderboard: Id;
    period: PeriodKey;
};

/**
 * A period of a leaderboard was settled.
 */
export type LeaderboardClosedHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'leaderboard.closed';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: LeaderboardClosedData;
};

/**
 * A new leaderboard.
 */
export type LeaderboardCreate = {
    /**
     * Your own id; Laurel makes one where it is missing.
     */
    id?: DefinitionId;
    /**
     * Whether to save it as a draft, which no player sees; it is published where this is missing.
     */
    draft?: boolean;
    name: LocalizedText;
    description?: LocalizedText;
    scope?: LeaderboardScope;
    source: ScoreSourceInput;
    window: LeaderboardWindowInput;
    ties?: TiesRule;
    direction?: ScoreDirection;
    /**
     * Only events for which this holds score.
     */
    condition?: Condition;
    audience?: AudienceInput;
    prizes?: Array<PrizeInput>;
    tiedPrizes?: TiedPrizes;
    /**
     * How long after its end a period waits for late events before it is closed.
     */
    graceMinutes?: number;
};

/**
 * A line of a leaderboard: of a player, or of a team.
 */
export type LeaderboardEntry = {
    rank: number;
    score: Amount;
    /**
     * On boards of players.
     */
    player?: LeaderboardPlayer;
    /**
     * On boards of teams.
     */
    team?: LeaderboardTeam;
    /**
     * Whether it is my line; on boards of teams, the line of the team I am in.
     */
    isMe: boolean;
    /**
     * On lines that were asked for by the id of the user.
     */
    userId?: Id;
};

/**
 * One page of a list.
 */
export type LeaderboardEntryPage = {
    items: Array<LeaderboardEntry>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * One page of a list.
 */
export type LeaderboardPage = {
    items: Array<Leaderboard>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * A period of a leaderboard, and what became of it.
 */
export type LeaderboardPeriod = {
    leaderboard: Id;
    period: PeriodKey;
    state: PeriodState;
    /**
     * How many have a score, or had one when it was closed: players, or on boards of teams, teams.
     */
    players: number;
    /**
     * How many players have got a prize so far.
     */
    granted: number;
    /**
     * How many players would have got one, but are gone, suspended, or restricted: these get it once they are released.
     */
    withheld: number;
    /**
     * How many have got less than their prize: a wallet was full, or an item sold out.
     */
    reduced: number;
    closedAt: Instant | null;
};

/**
 * One page of a list.
 */
export type LeaderboardPeriodPage = {
    items: Array<LeaderboardPeriod>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * How the player wants to be shown.
 */
export type LeaderboardPlayer = {
    displayName: string;
};

/**
 * Where I stand, and among how many; on boards of teams, where the team that I am in stands.
 */
export type LeaderboardRank = {
    leaderboard: Id;
    period: PeriodKey;
    /**
     * Null without a score.
     */
    rank: number | null;
    score: Amount | null;
    /**
     * How many players, or teams, have a score.
     */
    total: number;
};

/**
 * A ranking that was built anew from the scores.
 */
export type LeaderboardRebuilt = {
    leaderboard: Id;
    period: PeriodKey;
    players: number;
};

/**
 * Who takes part in leaderboards, by day.
 */
export type LeaderboardReport = {
    from: CivilDate;
    to: CivilDate;
    /**
     * In which days are told: the zone of the workspace.
     */
    zone: Zone;
    /**
     * Whether the rows tell of everybody who was asked for; false of each part of what comes in parts.
     */
    complete: boolean;
    /**
     * Null where everybody was asked for.
     */
    players: ReportPlayers | null;
    rows: Array<LeaderboardRow>;
    /**
     * Give it as `part` for the next users of a segment, and add up the numbers of rows that are of the same thing; null at the end.
     */
    nextPart: string | null;
};

/**
 * How many players moved their score on a board on one day.
 */
export type LeaderboardRow = {
    /**
     * The day on which it happened, whenever it was reported.
     */
    day: CivilDate;
    leaderboard: Id;
    /**
     * Players whose score moved.
     */
    players: number;
};

/**
 * `players`: each for themselves. `teams`: what its members score counts for the team that they were in when it occurred; sums add up, of the rest the best or the latest of a member stands.
 */
export type LeaderboardScope = 'players' | 'teams';

/**
 * The team that a line is of.
 */
export type LeaderboardTeam = {
    id: Id;
    name: string;
};

/**
 * What a leaderboard becomes. Its scope, source, window and direction stay: other scores make another board.
 */
export type LeaderboardUpdate = {
    /**
     * Whether to save it as a draft, which no player sees; it is published where this is missing.
     */
    draft?: boolean;
    /**
     * What becomes of running progress; `keep` where it is missing.
     */
    running?: Running;
    name: LocalizedText;
    description?: LocalizedText;
    scope?: LeaderboardScope;
    source: ScoreSourceInput;
    window: LeaderboardWindowInput;
    ties?: TiesRule;
    direction?: ScoreDirection;
    /**
     * Only events for which this holds score.
     */
    condition?: Condition;
    audience?: AudienceInput;
    prizes?: Array<PrizeInput>;
    tiedPrizes?: TiedPrizes;
    /**
     * How long after its end a period waits for late events before it is closed.
     */
    graceMinutes?: number;
};

/**
 * All time, a range, or periods that follow one another: those of a zone or of cron, each by itself.
 */
export type LeaderboardWindow = {
    kind: 'allTime';
} | {
    /**
     * From a moment to the moment before another.
     */
    kind: 'range';
    from: Instant;
    to: Instant;
} | {
    kind: 'recurring';
    every: Cadence;
    zone: Zone;
} | {
    kind: 'cron';
    cron: CronExpression;
    zone: Zone;
};

/**
 * All time, a range, or periods that follow one another: those of a zone or of cron, each by itself.
 */
export type LeaderboardWindowInput = {
    kind: 'allTime';
} | {
    /**
     * From a moment to the moment before another.
     */
    kind: 'range';
    from: Instant;
    to: Instant;
} | {
    kind: 'recurring';
    every: Cadence;
    zone: Zone;
} | {
    kind: 'cron';
    cron: CronExpression;
    zone: Zone;
};

/**
 * Tiers of small cohorts that play one another for a week.
 */
export type League = {
    id: Id;
    status: DefinitionStatus;
    /**
     * Counts up with each change of what is at work; of a draft, the version that it will be.
     */
    version: Version;
    /**
     * Counts up with each change, drafts included; it is the ETag.
     */
    revision: Version;
    /**
     * Whether there is a draft that waits to be published.
     */
    draft: boolean;
    createdAt: Instant;
    /**
     * When this version was saved.
     */
    updatedAt: Instant;
    /**
     * Who saved this version.
     */
    author: string;
    /**
     * When this version came to work; null for a draft.
     */
    publishedAt: Instant | null;
    /**
     * What this version makes of running progress.
     */
    running: Running;
    /**
     * The version of the workspace’s ruleset from which this version is at work; null for a draft.
     */
    ruleset: number | null;
    name: LocalizedText;
    description?: LocalizedText;
    source: ScoreSource;
    /**
     * Only events for which this holds score.
     */
    condition?: Condition;
    audience?: Audience;
    /**
     * Where the weeks begin and end.
     */
    zone: Zone;
    /**
     * From the lowest, where everybody begins, to the highest.
     */
    tiers: Array<LeagueTier>;
    /**
     * How many players a cohort takes at most.
     */
    cohortSize: number;
    promote: number;
    demote: number;
    /**
     * After so many weeks in a row without playing a player comes back one tier lower; null: never.
     */
    idleWeeks: number | null;
    seed: string;
    graceMinutes: number;
};

/**
 * My cohort of a week, from the top.
 */
export type LeagueCohort = {
    league: Id;
    period: PeriodKey;
    tier: Id;
    state: CohortState;
    lines: Array<CohortLine>;
};

/**
 * A new league.
 */
export type LeagueCreate = {
    /**
     * Your own id; Laurel makes one where it is missing.
     */
    id?: DefinitionId;
    /**
     * Whether to save it as a draft, which no player sees; it is published where this is missing.
     */
    draft?: boolean;
    name: LocalizedText;
    description?: LocalizedText;
    source: ScoreSourceInput;
    /**
     * Only events for which this holds score.
     */
    condition?: Condition;
    audience?: AudienceInput;
    /**
     * Where the weeks begin and end.
     */
    zone: Zone;
    /**
     * From the lowest, where everybody begins, to the highest.
     */
    tiers: Array<LeagueTierInput>;
    /**
     * How many players a cohort takes at most.
     */
    cohortSize?: number;
    /**
     * How many of a cohort rise: the first.
     */
    promote?: number;
    /**
     * How many of a full cohort fall: the last.
     */
    demote?: number;
    /**
     * After so many weeks in a row without playing a player comes back one tier lower; null: never.
     */
    idleWeeks?: number | null;
    /**
     * Decides who meets whom: the same seed, the same draw.
     */
    seed?: string;
    /**
     * How long after its end a week waits for late events before it is settled.
     */
    graceMinutes?: number;
};

/**
 * A player's place in a week of a league.
 */
export type LeagueMember = {
    userId: Id;
    period: PeriodKey;
    tier: Id;
    cohort: number;
    /**
     * Null until the week is settled.
     */
    rank: number | null;
    score: Amount | null;
    outcome: CohortOutcome | null;
};

/**
 * One page of a list.
 */
export type LeagueMemberPage = {
    items: Array<LeagueMember>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * One page of a list.
 */
export type LeaguePage = {
    items: Array<League>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * What whoever ends a week on a rank is given.
 */
export type LeaguePrize = {
    rank: number;
    /**
     * A wallet takes no more of a prize than its maximum; the entry then says what was `promised`. Earning caps do not bound it.
     */
    rewards: Array<PlainReward>;
};

/**
 * What whoever ends a week on a rank is given.
 */
export type LeaguePrizeInput = {
    rank: number;
    /**
     * A wallet takes no more of a prize than its maximum; the entry then says what was `promised`. Earning caps do not bound it.
     */
    rewards: Array<PlainRewardInput>;
};

/**
 * Which week to settle.
 */
export type LeagueSettle = {
    period: PeriodKey;
};

/**
 * What `league.settled` says.
 */
export type LeagueSettledData = {
    league: Id;
    period: PeriodKey;
};

/**
 * A week of a league was settled.
 */
export type LeagueSettledHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'league.settled';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: LeagueSettledData;
};

/**
 * A tier of a league.
 */
export type LeagueTier = {
    id: DefinitionId;
    name: LocalizedText;
    prizes: Array<LeaguePrize>;
};

/**
 * A tier of a league.
 */
export type LeagueTierInput = {
    id: DefinitionId;
    name: LocalizedText;
    prizes?: Array<LeaguePrizeInput>;
};

/**
 * What a league becomes. Its source and zone stay; cohorts that were drawn stay too.
 */
export type LeagueUpdate = {
    /**
     * Whether to save it as a draft, which no player sees; it is published where this is missing.
     */
    draft?: boolean;
    /**
     * What becomes of running progress; `keep` where it is missing.
     */
    running?: Running;
    name: LocalizedText;
    description?: LocalizedText;
    source: ScoreSourceInput;
    /**
     * Only events for which this holds score.
     */
    condition?: Condition;
    audience?: AudienceInput;
    /**
     * Where the weeks begin and end.
     */
    zone: Zone;
    /**
     * From the lowest, where everybody begins, to the highest.
     */
    tiers: Array<LeagueTierInput>;
    /**
     * How many players a cohort takes at most.
     */
    cohortSize?: number;
    /**
     * How many of a cohort rise: the first.
     */
    promote?: number;
    /**
     * How many of a full cohort fall: the last.
     */
    demote?: number;
    /**
     * After so many weeks in a row without playing a player comes back one tier lower; null: never.
     */
    idleWeeks?: number | null;
    /**
     * Decides who meets whom: the same seed, the same draw.
     */
    seed?: string;
    /**
     * How long after its end a week waits for late events before it is settled.
     */
    graceMinutes?: number;
};

/**
 * What settling a week came to.
 */
export type LeagueWeek = {
    league: Id;
    period: PeriodKey;
    /**
     * `settling`: call again to go on.
     */
    state: 'settling' | 'settled';
    cohorts: number;
    players: number;
    settledAt: Instant | null;
};

/**
 * How much of a hold is captured.
 */
export type LedgerCapture = {
    /**
     * How much; all that is left where it is missing.
     */
    amount?: PositiveAmount;
};

/**
 * A movement in a wallet; the other leg stands in the counterparty account.
 */
export type LedgerEntry = {
    id: Id;
    /**
     * Both legs of a movement name the same transaction.
     */
    transaction: Id;
    currency: Id;
    /**
     * Positive into the wallet, negative out of it.
     */
    amount: Amount;
    /**
     * What the wallet held after it.
     */
    balance: Amount;
    /**
     * The account of the other leg: issuance, or what the player owes.
     */
    counterparty: string;
    reason: LedgerReason;
    /**
     * The late or voided event that changed what the reason gives, where this entry corrects an earlier one.
     */
    correctedBy: Id | null;
    /**
     * When the cause occurred.
     */
    occurredAt: Instant;
    /**
     * When it was written.
     */
    postedAt: Instant;
};

/**
 * One page of a list.
 */
export type LedgerEntryPage = {
    items: Array<LedgerEntry>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * An amount that is set aside until it is captured or goes back.
 */
export type LedgerHold = {
    id: Id;
    userId: Id;
    transaction: Id;
    currency: Id;
    amount: Amount;
    captured: Amount;
    released: Amount;
    /**
     * `held` as long as something is left in it; then by what ended it.
     */
    state: 'held' | 'captured' | 'released' | 'expired';
    heldAt: Instant;
    expiresAt: Instant | null;
};

/**
 * A leg: positive into the account.
 */
export type LedgerLeg = {
    account: string;
    currency: Id;
    amount: Amount;
};

/**
 * A leg: on a player's wallet, named by `userId` or `externalUserId`, or on a system account.
 */
export type LedgerLegCreate = {
    userId?: Id;
    externalUserId?: Id;
    /**
     * An account of the workspace itself: a name of your own after `system:`.
     */
    account?: string;
    currency: Id;
    /**
     * Positive into the account; of a credit, debit or hold, how much.
     */
    amount: number;
};

/**
 * Whether the legs of one currency add up to zero.
 */
export type LedgerProof = {
    currency: Id;
    /**
     * How many legs were added up.
     */
    legs: number;
    /**
     * Of all legs: zero, or the ledger is broken.
     */
    sum: Amount;
    /**
     * The sum of the players' legs: what they hold together.
     */
    outstanding: Amount;
    /**
     * The sum of what is held.
     */
    held: Amount;
    /**
     * The sum of what players owe.
     */
    owed: Amount;
    balanced: boolean;
};

/**
 * One page of a list.
 */
export type LedgerProofPage = {
    items: Array<LedgerProof>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * Why an amount moved: a reward rule, a completed mission, a level or experience on its track, a milestone of a streak, and the event behind it; freezes that were bought, or a streak that was repaired; a prize, a grant by hand, a transaction that somebody asked for, a redemption; or time, by which amounts expire and holds go back.
 */
export type LedgerReason = {
    kind: 'rule';
    rule: Id;
    event: Id;
} | {
    kind: 'mission';
    mission: Id;
    period: PeriodKey;
    event: Id;
} | {
    kind: 'level';
    track: Id;
    level: number;
    event: Id;
} | {
    kind: 'streak';
    streak: Id;
    length: number;
    event: Id;
} | {
    kind: 'streakFreezes';
    streak: Id;
    count: number;
} | {
    kind: 'streakRepair';
    streak: Id;
} | {
    kind: 'prize';
    /**
     * What it was the prize of. Others may be added.
     */
    of: 'leaderboard' | 'league' | (string & {});
    id: Id;
    period: PeriodKey;
    rank: number;
    /**
     * What the prize was, where the wallet did not take all of it.
     */
    promised?: Amount;
} | {
    kind: 'grant';
    by: string;
    note: string;
} | {
    kind: 'transaction';
    type: string;
    by: string;
    note: string;
} | {
    kind: 'redemption';
    redemption: Id;
    item: Id;
} | {
    kind: 'correction';
    /**
     * How many amounts changed that one late or voided event has changed.
     */
    of: number;
} | {
    kind: 'expiry';
} | {
    kind: 'holdExpired';
    hold: Id;
};

/**
 * Why a transaction is reversed.
 */
export type LedgerReverse = {
    /**
     * Why; it stays in the ledger.
     */
    note: string;
};

/**
 * What an account held, what moved it, and what it held then.
 */
export type LedgerStatement = {
    account: string;
    currency: Id;
    from: Instant | null;
    to: Instant | null;
    /**
     * Before the first entry.
     */
    opening: Amount;
    /**
     * In the order in which they were posted.
     */
    entries: Array<LedgerStatementLine>;
    /**
     * After the last entry: opening and entries add up to it.
     */
    closing: Amount;
};

/**
 * A movement of an account.
 */
export type LedgerStatementLine = {
    transaction: Id;
    amount: Amount;
    /**
     * Of the account after it.
     */
    balance: Amount;
    counterparty: string;
    reason: LedgerReason;
    occurredAt: Instant;
    postedAt: Instant;
};

/**
 * A transaction that somebody asked for, by hand or by a call.
 */
export type LedgerTransaction = {
    id: Id;
    /**
     * `credit`, `debit`, `transfer`, `hold`, `capture`, `release`, `reversal`, `redemption`, `grant`; more may come.
     */
    kind: string;
    /**
     * They add up to zero in each currency.
     */
    legs: Array<LedgerLeg>;
    note: string;
    /**
     * Who asked for it.
     */
    by: string;
    /**
     * The holds that it opened.
     */
    holds: Array<Id>;
    /**
     * The transaction that it reverses.
     */
    reverses: Id | null;
    /**
     * The transaction that reversed it.
     */
    reversedBy: Id | null;
    /**
     * The redemption that it is about.
     */
    redemption: Id | null;
    createdAt: Instant;
};

/**
 * Legs that are posted together or not at all.
 */
export type LedgerTransactionCreate = {
    kind?: LedgerTransactionType;
    legs: Array<LedgerLegCreate>;
    /**
     * Why; it stays in the ledger.
     */
    note: string;
    /**
     * Of a hold: when what is left of it goes back by itself; never where it is missing.
     */
    expiresAt?: Instant;
};

/**
 * One page of a list.
 */
export type LedgerTransactionPage = {
    items: Array<LedgerTransaction>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * The other legs of a `credit`, a `debit` and a `hold` are written by the platform. The legs of a `transfer` add up to zero in each currency.
 */
export type LedgerTransactionType = 'credit' | 'debit' | 'transfer' | 'hold';

/**
 * What the levels take. From one level to the next: `linear` the same each time; `quadratic` `growth` more each time; `exponential` `step × (percent / 100)^n`, exact and rounded down. `thresholds` lists whole amounts instead.
 */
export type LevelCurve = {
    kind: 'thresholds';
    /**
     * The whole amount that level 2 takes, then level 3, and so on; each more than before.
     */
    thresholds: Array<PositiveAmount>;
} | {
    kind: 'linear';
    /**
     * What level 2 takes.
     */
    step: PositiveAmount;
    /**
     * How many levels there are.
     */
    levels: number;
} | {
    kind: 'quadratic';
    /**
     * What level 2 takes.
     */
    step: PositiveAmount;
    /**
     * How much more each level takes than the one before it.
     */
    growth: PositiveAmount;
    /**
     * How many levels there are.
     */
    levels: number;
} | {
    kind: 'exponential';
    /**
     * What level 2 takes.
     */
    step: PositiveAmount;
    /**
     * Each level takes so many percent of what the one before it took.
     */
    percent: number;
    /**
     * How many levels there are.
     */
    levels: number;
};

/**
 * What the levels take. From one level to the next: `linear` the same each time; `quadratic` `growth` more each time; `exponential` `step × (percent / 100)^n`, exact and rounded down. `thresholds` lists whole amounts instead.
 */
export type LevelCurveInput = {
    kind: 'thresholds';
    /**
     * The whole amount that level 2 takes, then level 3, and so on; each more than before.
     */
    thresholds: Array<PositiveAmount>;
} | {
    kind: 'linear';
    /**
     * What level 2 takes.
     */
    step: PositiveAmount;
    /**
     * How many levels there are.
     */
    levels: number;
} | {
    kind: 'quadratic';
    /**
     * What level 2 takes.
     */
    step: PositiveAmount;
    /**
     * How much more each level takes than the one before it.
     */
    growth: PositiveAmount;
    /**
     * How many levels there are.
     */
    levels: number;
} | {
    kind: 'exponential';
    /**
     * What level 2 takes.
     */
    step: PositiveAmount;
    /**
     * Each level takes so many percent of what the one before it took.
     */
    percent: number;
    /**
     * How many levels there are.
     */
    levels: number;
};

/**
 * A level that was reached or lost.
 */
export type LevelEffect = {
    track: Id;
    level: number;
    change: 'reached' | 'lost';
};

/**
 * What `level.lost` says.
 */
export type LevelLostData = {
    track: Id;
    /**
     * The level now.
     */
    level: number;
};

/**
 * A player went down.
 */
export type LevelLostHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'level.lost';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: LevelLostData;
};

/**
 * The name of a level, and what reaching it gives.
 */
export type LevelNote = {
    level: number;
    name?: LocalizedText;
    /**
     * Given the first time that a player reaches the level.
     */
    rewards?: Array<Reward>;
};

/**
 * The name of a level, and what reaching it gives.
 */
export type LevelNoteInput = {
    level: number;
    name?: LocalizedText;
    /**
     * Given the first time that a player reaches the level.
     */
    rewards?: Array<RewardInput>;
};

/**
 * What `level.reached` says.
 */
export type LevelReachedData = {
    track: Id;
    level: number;
};

/**
 * A player went up.
 */
export type LevelReachedHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'level.reached';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: LevelReachedData;
};

/**
 * Levels that players climb by an amount of a currency.
 */
export type LevelTrack = {
    id: Id;
    status: DefinitionStatus;
    /**
     * Counts up with each change of what is at work; of a draft, the version that it will be.
     */
    version: Version;
    /**
     * Counts up with each change, drafts included; it is the ETag.
     */
    revision: Version;
    /**
     * Whether there is a draft that waits to be published.
     */
    draft: boolean;
    createdAt: Instant;
    /**
     * When this version was saved.
     */
    updatedAt: Instant;
    /**
     * Who saved this version.
     */
    author: string;
    /**
     * When this version came to work; null for a draft.
     */
    publishedAt: Instant | null;
    /**
     * What this version makes of running progress.
     */
    running: Running;
    /**
     * The version of the workspace’s ruleset from which this version is at work; null for a draft.
     */
    ruleset: number | null;
    name: LocalizedText;
    description?: LocalizedText;
    /**
     * The currency whose amount decides the level.
     */
    currency: Id;
    curve: LevelCurve;
    levels: Array<LevelNote>;
    goesDown: boolean;
};

/**
 * A new level track.
 */
export type LevelTrackCreate = {
    /**
     * Your own id; Laurel makes one where it is missing.
     */
    id?: DefinitionId;
    /**
     * Whether to save it as a draft, which no player sees; it is published where this is missing.
     */
    draft?: boolean;
    name: LocalizedText;
    description?: LocalizedText;
    /**
     * The currency whose amount decides the level.
     */
    currency: Id;
    curve: LevelCurveInput;
    /**
     * Names and rewards, for the levels that have any.
     */
    levels?: Array<LevelNoteInput>;
    /**
     * Whether a player whose amount falls loses levels; else a level is kept for ever.
     */
    goesDown?: boolean;
};

/**
 * One page of a list.
 */
export type LevelTrackPage = {
    items: Array<LevelTrack>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * What a level track becomes.
 */
export type LevelTrackUpdate = {
    /**
     * Whether to save it as a draft, which no player sees; it is published where this is missing.
     */
    draft?: boolean;
    /**
     * What becomes of running progress; `keep` where it is missing.
     */
    running?: Running;
    name: LocalizedText;
    description?: LocalizedText;
    /**
     * The currency whose amount decides the level.
     */
    currency: Id;
    curve: LevelCurveInput;
    /**
     * Names and rewards, for the levels that have any.
     */
    levels?: Array<LevelNoteInput>;
    /**
     * Whether a player whose amount falls loses levels; else a level is kept for ever.
     */
    goesDown?: boolean;
};

/**
 * A text by language; readers get the best match to theirs.
 */
export type LocalizedText = {
    [key in Language]?: string;
};

/**
 * The player who calls.
 */
export type Me = {
    id: Id;
    externalId: Id | null;
    /**
     * Shown to others; null shows a made-up name.
     */
    displayName: string | null;
    /**
     * Null takes the workspace's.
     */
    language: Language | null;
    /**
     * Null takes the workspace's.
     */
    zone: Zone | null;
    visibility: Visibility;
    /**
     * Those that the workspace lets players read or write.
     */
    attributes: UserAttributes;
    version: Version;
};

/**
 * What to change of me; what is missing stays.
 */
export type MeUpdate = {
    /**
     * Shown to others; null shows a made-up name.
     */
    displayName?: string | null;
    /**
     * Null takes the workspace's.
     */
    language?: Language | null;
    /**
     * Null takes the workspace's.
     */
    zone?: Zone | null;
    visibility?: Visibility;
    attributes?: UserAttributesChange;
};

/**
 * Somebody who works in a workspace.
 */
export type Member = {
    /**
     * The same in all workspaces.
     */
    id: Id;
    email: string;
    role: RoleId;
    status: MemberStatus;
    joinedAt: Instant;
    version: Version;
};

/**
 * One page of a list.
 */
export type MemberPage = {
    items: Array<Member>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * A suspended member is refused within 60 seconds.
 */
export type MemberStatus = 'active' | 'suspended';

/**
 * What to change of a member; what is missing stays.
 */
export type MemberUpdate = {
    role?: RoleId;
    status?: MemberStatus;
};

/**
 * What somebody is in one workspace.
 */
export type Membership = {
    workspace: Slug;
    role: RoleId;
    status: MemberStatus;
};

/**
 * A goal that players reach, once or once in each period.
 */
export type Mission = {
    id: Id;
    status: DefinitionStatus;
    /**
     * Counts up with each change of what is at work; of a draft, the version that it will be.
     */
    version: Version;
    /**
     * Counts up with each change, drafts included; it is the ETag.
     */
    revision: Version;
    /**
     * Whether there is a draft that waits to be published.
     */
    draft: boolean;
    createdAt: Instant;
    /**
     * When this version was saved.
     */
    updatedAt: Instant;
    /**
     * Who saved this version.
     */
    author: string;
    /**
     * When this version came to work; null for a draft.
     */
    publishedAt: Instant | null;
    /**
     * What this version makes of running progress.
     */
    running: Running;
    /**
     * The version of the workspace’s ruleset from which this version is at work; null for a draft.
     */
    ruleset: number | null;
    name: LocalizedText;
    description?: LocalizedText;
    /**
     * Who reaches its targets: `player` where it is missing. It stays as it was published. A mission for teams has fixed targets, no sequence, no prerequisites and no repetition, starts by itself, and keeps one schedule in one zone and the progress that is running.
     */
    for?: MissionFor;
    schedule: Schedule;
    steps: Array<MissionStep>;
    /**
     * How steps make it complete; all of them where it is missing.
     */
    combine?: MissionCombine;
    /**
     * Who can start it; everybody where it is missing.
     */
    audience?: MissionAudience;
    /**
     * All that a player must have first.
     */
    prerequisites?: Array<MissionPrerequisite>;
    /**
     * How it starts; `automatic` where it is missing.
     */
    assignment?: MissionAssignment;
    /**
     * Whether it can be completed again in its period; once where it is missing.
     */
    repeat?: MissionRepeat;
    rewards: Array<Reward>;
};

/**
 * With the first event that counts; with an event of a certain activity; when the player joins; or when an operator or a backend assigns it.
 */
export type MissionAssignment = {
    kind: 'automatic';
} | {
    kind: 'event';
    activity: Id;
    condition?: Condition;
} | {
    kind: 'optIn';
} | {
    kind: 'direct';
};

/**
 * With the first event that counts; with an event of a certain activity; when the player joins; or when an operator or a backend assigns it.
 */
export type MissionAssignmentInput = {
    kind: 'automatic';
} | {
    kind: 'event';
    activity: Id;
    condition?: Condition;
} | {
    kind: 'optIn';
} | {
    kind: 'direct';
};

/**
 * Who can start: the users of a segment, or those of whom a condition holds. What is running goes on.
 */
export type MissionAudience = {
    segment: Id;
} | {
    condition: UserCondition;
};

/**
 * Who can start: the users of a segment, or those of whom a condition holds. What is running goes on.
 */
export type MissionAudienceInput = {
    segment: Id;
} | {
    condition: UserCondition;
};

/**
 * Which form of the mission is tried, and on which part of the past.
 */
export type MissionBacktest = {
    /**
     * The first moment of the interval.
     */
    from: Instant;
    /**
     * The end of the interval, which is no part of it: at most 366 days after `from`.
     */
    to: Instant;
    /**
     * The draft that waits to be published; what is tried where nothing else is named.
     */
    draft?: true;
    /**
     * A version that was at work, instead of the draft.
     */
    version?: Version;
    /**
     * The mission itself, saved or not; its id is ignored.
     */
    definition?: MissionCreate;
};

/**
 * All steps in any order, any so many of them, or all one after the other: a step waits for those before it.
 */
export type MissionCombine = {
    kind: 'all';
} | {
    kind: 'any';
    count: number;
} | {
    kind: 'sequence';
};

/**
 * All steps in any order, any so many of them, or all one after the other: a step waits for those before it.
 */
export type MissionCombineInput = {
    kind: 'all';
} | {
    kind: 'any';
    count: number;
} | {
    kind: 'sequence';
};

/**
 * What `mission.completed` says.
 */
export type MissionCompletedData = {
    progressId: Id;
    mission: Id;
    period: PeriodKey;
};

/**
 * A mission was completed.
 */
export type MissionCompletedHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'mission.completed';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: MissionCompletedData;
};

/**
 * A mission that was completed, and in which period.
 */
export type MissionCompletion = {
    mission: Id;
    period: PeriodKey;
};

/**
 * A new mission.
 */
export type MissionCreate = {
    /**
     * Your own id; Laurel makes one where it is missing.
     */
    id?: DefinitionId;
    /**
     * Whether to save it as a draft, which no player sees; it is published where this is missing.
     */
    draft?: boolean;
    name: LocalizedText;
    description?: LocalizedText;
    /**
     * Who reaches its targets: `player` where it is missing. It stays as it was published. A mission for teams has fixed targets, no sequence, no prerequisites and no repetition, starts by itself, and keeps one schedule in one zone and the progress that is running.
     */
    for?: MissionFor;
    schedule: ScheduleInput;
    steps: Array<MissionStepInput>;
    /**
     * How steps make it complete; all of them where it is missing.
     */
    combine?: MissionCombineInput;
    /**
     * Who can start it; everybody where it is missing.
     */
    audience?: MissionAudienceInput;
    /**
     * All that a player must have first.
     */
    prerequisites?: Array<MissionPrerequisiteInput>;
    /**
     * How it starts; `automatic` where it is missing.
     */
    assignment?: MissionAssignmentInput;
    /**
     * Whether it can be completed again in its period; once where it is missing.
     */
    repeat?: MissionRepeatInput;
    rewards?: Array<RewardInput>;
};

/**
 * What `mission.expired` says.
 */
export type MissionExpiredData = {
    progressId: Id;
    mission: Id;
    period: PeriodKey;
};

/**
 * A mission ended before it was completed. What comes late may still complete it.
 */
export type MissionExpiredHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'mission.expired';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: MissionExpiredData;
};

/**
 * Each player by themselves, or all who are in a team together: what a member does counts for the team that they were in when it occurred.
 */
export type MissionFor = 'player' | 'team';

/**
 * What `mission.joined` says.
 */
export type MissionJoinedData = {
    progressId: Id;
    mission: Id;
    period: PeriodKey;
};

/**
 * A player took a mission on.
 */
export type MissionJoinedHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'mission.joined';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: MissionJoinedData;
};

/**
 * A level on a level track.
 */
export type MissionLevel = {
    track: Id;
    level: number;
};

/**
 * A level on a level track.
 */
export type MissionLevelInput = {
    track: Id;
    level: number;
};

/**
 * One page of a list.
 */
export type MissionPage = {
    items: Array<Mission>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * A mission, a badge or a level that a player must have before an event can start this mission.
 */
export type MissionPrerequisite = {
    /**
     * Completed once, in any period.
     */
    mission?: Id;
    /**
     * Awarded, and not revoked.
     */
    badge?: Id;
    /**
     * Reached.
     */
    level?: MissionLevel;
};

/**
 * A mission, a badge or a level that a player must have before an event can start this mission.
 */
export type MissionPrerequisiteInput = {
    /**
     * Completed once, in any period.
     */
    mission?: Id;
    /**
     * Awarded, and not revoked.
     */
    badge?: Id;
    /**
     * Reached.
     */
    level?: MissionLevelInput;
};

/**
 * What `mission.progressed` says.
 */
export type MissionProgressedData = {
    progressId: Id;
    mission: Id;
    period: PeriodKey;
    amount: Amount;
    target: Amount;
};

/**
 * A mission moved on.
 */
export type MissionProgressedHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'mission.progressed';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: MissionProgressedData;
};

/**
 * It can be completed again, each time by a progress of its own: `all`, `all.2`, `all.3`.
 */
export type MissionRepeat = {
    /**
     * How often in all; without end where it is missing.
     */
    times?: number;
};

/**
 * It can be completed again, each time by a progress of its own: `all`, `all.2`, `all.3`.
 */
export type MissionRepeatInput = {
    /**
     * How often in all; without end where it is missing.
     */
    times?: number;
};

/**
 * Missions, from start to completion, by day.
 */
export type MissionReport = {
    from: CivilDate;
    to: CivilDate;
    /**
     * In which days are told: the zone of the workspace.
     */
    zone: Zone;
    /**
     * Whether the rows tell of everybody who was asked for; false of each part of what comes in parts.
     */
    complete: boolean;
    /**
     * Null where everybody was asked for.
     */
    players: ReportPlayers | null;
    rows: Array<MissionRow>;
    /**
     * Give it as `part` for the next users of a segment, and add up the numbers of rows that are of the same thing; null at the end.
     */
    nextPart: string | null;
};

/**
 * What `mission.reverted` says.
 */
export type MissionRevertedData = {
    progressId: Id;
    mission: Id;
    period: PeriodKey;
};

/**
 * A completion was taken back: what had completed the mission was undone.
 */
export type MissionRevertedHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'mission.reverted';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: MissionRevertedData;
};

/**
 * What became of a mission on one day.
 */
export type MissionRow = {
    /**
     * The day on which it happened, whenever it was reported.
     */
    day: CivilDate;
    mission: Id;
    /**
     * Players who began it on that day.
     */
    started: number;
    /**
     * Of those who began on that day, how many have completed it by now.
     */
    completedOfStarted: number;
    /**
     * Players who completed it on that day.
     */
    completed: number;
};

/**
 * What has to be done, and how much of it. One of `activity`, `tag`, `mission`, `badge` and `level` is named.
 */
export type MissionStep = {
    /**
     * Events of this activity move it.
     */
    activity?: Id;
    /**
     * Events of all activities with this tag move it.
     */
    tag?: Tag;
    /**
     * The completion of this mission moves it.
     */
    mission?: Id;
    /**
     * The award of this badge moves it.
     */
    badge?: Id;
    /**
     * Reaching this level, or a higher one, moves it.
     */
    level?: MissionLevel;
    adds: StepAdds;
    target: StepTarget;
    /**
     * Only what happens while this holds moves it.
     */
    condition?: Condition;
};

/**
 * What has to be done, and how much of it. One of `activity`, `tag`, `mission`, `badge` and `level` is named.
 */
export type MissionStepInput = {
    /**
     * Events of this activity move it.
     */
    activity?: Id;
    /**
     * Events of all activities with this tag move it.
     */
    tag?: Tag;
    /**
     * The completion of this mission moves it.
     */
    mission?: Id;
    /**
     * The award of this badge moves it.
     */
    badge?: Id;
    /**
     * Reaching this level, or a higher one, moves it.
     */
    level?: MissionLevelInput;
    adds?: StepAddsInput;
    target: StepTargetInput;
    /**
     * Only what happens while this holds moves it.
     */
    condition?: Condition;
};

/**
 * What a mission becomes.
 */
export type MissionUpdate = {
    /**
     * Whether to save it as a draft, which no player sees; it is published where this is missing.
     */
    draft?: boolean;
    /**
     * What becomes of running progress; `keep` where it is missing.
     */
    running?: Running;
    name: LocalizedText;
    description?: LocalizedText;
    /**
     * Who reaches its targets: `player` where it is missing. It stays as it was published. A mission for teams has fixed targets, no sequence, no prerequisites and no repetition, starts by itself, and keeps one schedule in one zone and the progress that is running.
     */
    for?: MissionFor;
    schedule: ScheduleInput;
    steps: Array<MissionStepInput>;
    /**
     * How steps make it complete; all of them where it is missing.
     */
    combine?: MissionCombineInput;
    /**
     * Who can start it; everybody where it is missing.
     */
    audience?: MissionAudienceInput;
    /**
     * All that a player must have first.
     */
    prerequisites?: Array<MissionPrerequisiteInput>;
    /**
     * How it starts; `automatic` where it is missing.
     */
    assignment?: MissionAssignmentInput;
    /**
     * Whether it can be completed again in its period; once where it is missing.
     */
    repeat?: MissionRepeatInput;
    rewards?: Array<RewardInput>;
};

/**
 * A scope, such as `events:write`.
 */
export type OAuthScope = string;

/**
 * Days and hours by the clocks of a zone. A night belongs to the day on which it begins.
 */
export type OfficeHours = {
    days: Array<'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'>;
    /**
     * The first minute.
     */
    from: TimeOfDay;
    /**
     * The minute when it is over; before `from` it is on the next day. `24:00` is midnight.
     */
    to: TimeOfDay;
    zone: Zone;
};

/**
 * Days and hours by the clocks of a zone. A night belongs to the day on which it begins.
 */
export type OfficeHoursInput = {
    days: Array<'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'>;
    /**
     * The first minute.
     */
    from: TimeOfDay;
    /**
     * The minute when it is over; before `from` it is on the next day. `24:00` is midnight.
     */
    to: TimeOfDay;
    zone: Zone;
};

/**
 * An Open Badges 3.0 credential with an embedded proof.
 */
export type OpenBadgeCredential = {
    '@context': Array<string>;
    id: string;
    type: Array<string>;
    name: string;
    issuer: CredentialIssuer;
    validFrom: Instant;
    credentialSubject: CredentialSubject;
    credentialStatus: CredentialStatus;
    /**
     * A list, as the schema of Open Badges has it; of one.
     */
    proof: Array<CredentialProof>;
};

/**
 * The origin of pages: scheme, host and, where it is not the usual one, port.
 */
export type Origin = string;

/**
 * Each day of a workspace.
 */
export type OverviewReport = {
    from: CivilDate;
    to: CivilDate;
    /**
     * In which days are told: the zone of the workspace.
     */
    zone: Zone;
    /**
     * Whether the rows tell of everybody who was asked for; false of each part of what comes in parts.
     */
    complete: boolean;
    /**
     * Null where everybody was asked for.
     */
    players: ReportPlayers | null;
    rows: Array<OverviewRow>;
    /**
     * Give it as `part` for the next users of a segment, and add up the numbers of rows that are of the same thing; null at the end.
     */
    nextPart: string | null;
};

/**
 * One day of a workspace.
 */
export type OverviewRow = {
    /**
     * The day on which it happened, whenever it was reported.
     */
    day: CivilDate;
    /**
     * Players with an event on that day.
     */
    active: number;
    /**
     * Players with an event in the ISO week that the day lies in.
     */
    activeInWeek: number;
    /**
     * Players with an event in the calendar month that the day lies in.
     */
    activeInMonth: number;
    /**
     * Events, without those that were undone.
     */
    events: number;
    /**
     * Missions that were completed.
     */
    missionsCompleted: number;
};

/**
 * An amount that was paid.
 */
export type PaidPrice = {
    currency: Id;
    amount: Amount;
};

/**
 * A period: `2026-11-24`, `2026-W48`, `2026-11`; `2026-11-24T09:00Z` for one that began then by cron; or `all`. A mission that is completed again in its period adds `.2`, `.3` and so on.
 */
export type PeriodKey = string;

/**
 * `open` counts; `ended` is over, and late events still count until it is closed; `closing` is being settled: ask again; `closed` is settled for ever.
 */
export type PeriodState = 'open' | 'ended' | 'closing' | 'closed';

/**
 * A permission of the dashboard; which routes ask for which stands in the OpenAPI document.
 */
export type Permission = string;

/**
 * All that is held on a person.
 */
export type PersonExport = {
    userId: Id;
    exportedAt: Instant;
    /**
     * Everything that is held under the user.
     */
    records: Array<PersonRecord>;
};

/**
 * Something that is held on a person.
 */
export type PersonRecord = {
    /**
     * What it is, such as `profile` or `history`.
     */
    kind: string;
    /**
     * Its place among those of its kind.
     */
    key: string;
    /**
     * As it is held.
     */
    data: unknown;
};

/**
 * Something that is given at once, as it is said.
 */
export type PlainReward = {
    kind: 'currency';
    currency: Id;
    amount: PositiveAmount;
} | {
    kind: 'badge';
    badge: Id;
} | {
    kind: 'experience';
    track: Id;
    amount: PositiveAmount;
} | {
    kind: 'streakFreeze';
    streak: Id;
    count: number;
} | {
    kind: 'item';
    item: Id;
    quantity: number;
};

/**
 * Something that is given at once, as it is said.
 */
export type PlainRewardInput = {
    kind: 'currency';
    currency: Id;
    amount: PositiveAmount;
} | {
    kind: 'badge';
    badge: Id;
} | {
    kind: 'experience';
    track: Id;
    amount: PositiveAmount;
} | {
    kind: 'streakFreeze';
    streak: Id;
    count?: number;
} | {
    kind: 'item';
    item: Id;
    quantity?: number;
};

/**
 * A plan that tenants can be on.
 */
export type Plan = {
    /**
     * The name of a plan.
     */
    name: Slug;
    limits: PlanLimits;
};

/**
 * What a tenant may have, and how often it may call.
 */
export type PlanLimits = {
    /**
     * How many people work in the tenant, those who are invited included.
     */
    seats: number;
    /**
     * How many workspaces are not archived.
     */
    workspaces: number;
    /**
     * How many API clients are not revoked, in all workspaces.
     */
    apiClients: number;
    /**
     * How many users, in all workspaces. They are counted a moment after they are made: what comes in that moment may go over the limit, and then nothing more does.
     */
    players: number;
    /**
     * How many events are accepted in a calendar month, in UTC and real time, in all workspaces. They are counted a moment after they are accepted, as users are; an event that is sent again counts once.
     */
    eventsPerMonth: number;
    rates: PlanRates;
};

/**
 * What a tenant has otherwise than its plan says; the rest is as the plan says.
 */
export type PlanOverrides = {
    /**
     * How many people work in the tenant, those who are invited included.
     */
    seats?: number;
    /**
     * How many workspaces are not archived.
     */
    workspaces?: number;
    /**
     * How many API clients are not revoked, in all workspaces.
     */
    apiClients?: number;
    /**
     * How many users, in all workspaces. They are counted a moment after they are made: what comes in that moment may go over the limit, and then nothing more does.
     */
    players?: number;
    /**
     * How many events are accepted in a calendar month, in UTC and real time, in all workspaces. They are counted a moment after they are accepted, as users are; an event that is sent again counts once.
     */
    eventsPerMonth?: number;
    rates?: PlanRateOverrides;
};

/**
 * What a tenant has otherwise than its plan says; the rest is as the plan says.
 */
export type PlanOverridesInput = {
    /**
     * How many people work in the tenant, those who are invited included.
     */
    seats?: number;
    /**
     * How many workspaces are not archived.
     */
    workspaces?: number;
    /**
     * How many API clients are not revoked, in all workspaces.
     */
    apiClients?: number;
    /**
     * How many users, in all workspaces. They are counted a moment after they are made: what comes in that moment may go over the limit, and then nothing more does.
     */
    players?: number;
    /**
     * How many events are accepted in a calendar month, in UTC and real time, in all workspaces. They are counted a moment after they are accepted, as users are; an event that is sent again counts once.
     */
    eventsPerMonth?: number;
    rates?: PlanRateOverridesInput;
};

/**
 * One page of a list.
 */
export type PlanPage = {
    items: Array<Plan>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * How often a class of calls may come.
 */
export type PlanRate = {
    perSecond: number;
    /**
     * How many may come at once, after a while without any.
     */
    burst: number;
};

/**
 * How often a class of calls may come.
 */
export type PlanRateInput = {
    perSecond: number;
    /**
     * How many may come at once, after a while without any.
     */
    burst: number;
};

/**
 * Which classes of calls may come otherwise than the plan says.
 */
export type PlanRateOverrides = {
    read?: PlanRate;
    write?: PlanRate;
    ingest?: PlanRate;
    bulk?: PlanRate;
    credential?: PlanRate;
};

/**
 * Which classes of calls may come otherwise than the plan says.
 */
export type PlanRateOverridesInput = {
    read?: PlanRateInput;
    write?: PlanRateInput;
    ingest?: PlanRateInput;
    bulk?: PlanRateInput;
    credential?: PlanRateInput;
};

/**
 * How often each class of the tenant's calls may come, all callers together.
 */
export type PlanRates = {
    read: PlanRate;
    write: PlanRate;
    ingest: PlanRate;
    bulk: PlanRate;
    credential: PlanRate;
};

/**
 * How much is in use. Users and events are counted a moment later.
 */
export type PlanUse = {
    seats: number;
    workspaces: number;
    apiClients: number;
    /**
     * How many users there are.
     */
    players: number;
    /**
     * How many events were accepted in this month so far.
     */
    eventsPerMonth: number;
};

/**
 * An activity that the player's client may send.
 */
export type PlayerActivity = {
    id: Id;
    name: string;
    description?: string;
};

/**
 * One page of a list.
 */
export type PlayerActivityPage = {
    items: Array<PlayerActivity>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * A badge, and how far I am in it.
 */
export type PlayerBadge = {
    id: Id;
    name: string;
    description: string | null;
    image: string | null;
    criteria: string;
    secret: boolean;
    /**
     * Whether the first tier is reached.
     */
    earned: boolean;
    /**
     * When the first tier was reached.
     */
    awardedAt: Instant | null;
    /**
     * How often it was awarded.
     */
    count: number;
    /**
     * The highest tier reached; 0 before the first.
     */
    tier: number;
    tiers: Array<PlayerBadgeTier>;
    /**
     * The next tier; null after the last.
     */
    next: PlayerBadgeNext | null;
};

/**
 * A tier to come, and how many awards are left to it.
 */
export type PlayerBadgeNext = {
    tier: number;
    count: number;
    left: number;
};

/**
 * One page of a list.
 */
export type PlayerBadgePage = {
    items: Array<PlayerBadge>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * `earned` have reached their first tier; `locked` have not.
 */
export type PlayerBadgeState = 'earned' | 'locked';

/**
 * A tier of a badge, and when I reached it.
 */
export type PlayerBadgeTier = {
    /**
     * 1 for the lowest.
     */
    tier: number;
    name: string | null;
    /**
     * How many awards it takes.
     */
    count: number;
    /**
     * Null until it is reached.
     */
    reachedAt: Instant | null;
};

/**
 * Something that I can get for what I earned.
 */
export type PlayerCatalogItem = {
    id: Id;
    name: string;
    description: string | null;
    price: Array<Price>;
    /**
     * How many are left; null for any number.
     */
    left: number | null;
    perPlayer: number | null;
    /**
     * How many of it I have or wait for.
     */
    mine: number;
    validUntil: Instant | null;
};

/**
 * One page of a list.
 */
export type PlayerCatalogPage = {
    items: Array<PlayerCatalogItem>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * A leaderboard and its current period.
 */
export type PlayerLeaderboard = {
    id: Id;
    name: string;
    description?: string;
    scope: LeaderboardScope;
    window: LeaderboardWindow;
    ties: TiesRule;
    direction: ScoreDirection;
    prizes: Array<Prize>;
    period: PeriodKey;
};

/**
 * One page of a list.
 */
export type PlayerLeaderboardPage = {
    items: Array<PlayerLeaderboard>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * A league, this week, and where I am in it.
 */
export type PlayerLeague = {
    id: Id;
    name: string;
    description?: string;
    period: PeriodKey;
    tier: PlayerLeagueTier;
    state: CohortState;
};

/**
 * One page of a list.
 */
export type PlayerLeaguePage = {
    items: Array<PlayerLeague>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * A tier, by name.
 */
export type PlayerLeagueTier = {
    id: Id;
    name: string;
};

/**
 * Where I stand on a level track.
 */
export type PlayerLevel = {
    track: Id;
    name: string;
    currency: Id;
    /**
     * 1 at the start.
     */
    level: number;
    /**
     * Null where the level has none.
     */
    levelName: string | null;
    /**
     * How many levels there are.
     */
    levels: number;
    /**
     * What I have of the currency.
     */
    amount: Amount;
    /**
     * What my level takes.
     */
    threshold: Amount;
    /**
     * Null on the last level.
     */
    next: PlayerLevelNext | null;
};

/**
 * The level to come, what it takes, and how much is left to it.
 */
export type PlayerLevelNext = {
    level: number;
    threshold: Amount;
    left: Amount;
};

/**
 * One page of a list.
 */
export type PlayerLevelPage = {
    items: Array<PlayerLevel>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * A mission and my progress in it.
 */
export type PlayerMission = {
    id: Id;
    for: MissionFor;
    name: string;
    description?: string;
    schedule: Schedule;
    steps: Array<PlayerMissionStep>;
    combine: MissionCombine;
    /**
     * How it starts. Others may be added.
     */
    assignment: 'automatic' | 'event' | 'optIn' | 'direct' | (string & {});
    prerequisites: Array<MissionPrerequisite>;
    /**
     * Whether I lack some of the prerequisites.
     */
    locked: boolean;
    /**
     * Null where it can be completed once in a period.
     */
    repeat: MissionRepeat | null;
    rewards: Array<ShownReward>;
    /**
     * What is running, in whatever period, else the latest in the current one; null before it starts. The mission is shown in the version that it keeps. Of a mission for teams, my team's, which goes on beyond its targets.
     */
    progress: Progress | null;
    /**
     * My part in it, where the mission is for teams and I am in one; null otherwise.
     */
    share: TeamShare | null;
};

/**
 * One page of a list.
 */
export type PlayerMissionPage = {
    items: Array<PlayerMission>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * What has to be done, and how much of it.
 */
export type PlayerMissionStep = {
    /**
     * Events of this activity move it.
     */
    activity?: Id;
    /**
     * Events of all activities with this tag move it.
     */
    tag?: Tag;
    /**
     * The completion of this mission moves it.
     */
    mission?: Id;
    /**
     * The award of this badge moves it.
     */
    badge?: Id;
    /**
     * Reaching this level, or a higher one, moves it.
     */
    level?: MissionLevel;
    /**
     * What an event adds: one, its value, or what an expression says. Others may be added.
     */
    adds: 'one' | 'value' | 'expression' | (string & {});
    /**
     * Null where it is worked out when the progress starts.
     */
    target: number | null;
};

/**
 * A catalogue item that I asked for or was given.
 */
export type PlayerRedemption = {
    id: Id;
    item: Id;
    itemVersion: Version;
    userId: Id;
    state: RedemptionState;
    /**
     * Nothing, where it was given as a reward.
     */
    price: Array<PaidPrice>;
    /**
     * What it was given for; null where the player asked for it.
     */
    source: RewardSource | null;
    /**
     * What the operator said who settled it.
     */
    note: string | null;
    redeemedAt: Instant;
    /**
     * When it lapses if nobody fulfils it.
     */
    expiresAt: Instant | null;
    settledAt: Instant | null;
    /**
     * The code, once it is fulfilled.
     */
    code: string | null;
};

/**
 * One page of a list.
 */
export type PlayerRedemptionPage = {
    items: Array<PlayerRedemption>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * Something that a player was given, or may claim.
 */
export type PlayerReward = {
    id: Id;
    source: RewardSource;
    state: RewardState;
    /**
     * When what earned it occurred.
     */
    grantedAt: Instant;
    /**
     * Until when it can be claimed; null where it was given at once.
     */
    expiresAt: Instant | null;
    /**
     * When it was claimed; null where it was not.
     */
    claimedAt: Instant | null;
    kind: 'currency';
    currency: Id;
    amount: PositiveAmount;
} | {
    id: Id;
    source: RewardSource;
    state: RewardState;
    /**
     * When what earned it occurred.
     */
    grantedAt: Instant;
    /**
     * Until when it can be claimed; null where it was given at once.
     */
    expiresAt: Instant | null;
    /**
     * When it was claimed; null where it was not.
     */
    claimedAt: Instant | null;
    kind: 'badge';
    badge: Id;
} | {
    id: Id;
    source: RewardSource;
    state: RewardState;
    /**
     * When what earned it occurred.
     */
    grantedAt: Instant;
    /**
     * Until when it can be claimed; null where it was given at once.
     */
    expiresAt: Instant | null;
    /**
     * When it was claimed; null where it was not.
     */
    claimedAt: Instant | null;
    kind: 'experience';
    track: Id;
    amount: PositiveAmount;
} | {
    id: Id;
    source: RewardSource;
    state: RewardState;
    /**
     * When what earned it occurred.
     */
    grantedAt: Instant;
    /**
     * Until when it can be claimed; null where it was given at once.
     */
    expiresAt: Instant | null;
    /**
     * When it was claimed; null where it was not.
     */
    claimedAt: Instant | null;
    kind: 'streakFreeze';
    streak: Id;
    count: number;
} | {
    id: Id;
    source: RewardSource;
    state: RewardState;
    /**
     * When what earned it occurred.
     */
    grantedAt: Instant;
    /**
     * Until when it can be claimed; null where it was given at once.
     */
    expiresAt: Instant | null;
    /**
     * When it was claimed; null where it was not.
     */
    claimedAt: Instant | null;
    kind: 'item';
    item: Id;
    quantity: number;
};

/**
 * One page of a list.
 */
export type PlayerRewardPage = {
    items: Array<PlayerReward>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * All of a player's state.
 */
export type PlayerSheet = {
    user: User;
    wallets: Array<Wallet>;
    /**
     * In the current periods.
     */
    progress: Array<Progress>;
    streaks: Array<PlayerSheetStreak>;
    /**
     * In the current periods.
     */
    scores: Array<PlayerSheetScore>;
    /**
     * Those that were awarded at all.
     */
    badges: Array<PlayerSheetBadge>;
    /**
     * On the tracks at work.
     */
    levels: Array<PlayerSheetLevel>;
};

/**
 * How far a player is in one badge.
 */
export type PlayerSheetBadge = {
    badge: Id;
    count: number;
    /**
     * The highest tier reached; 0 before the first.
     */
    tier: number;
};

/**
 * A player's level on one track.
 */
export type PlayerSheetLevel = {
    track: Id;
    level: number;
};

/**
 * A player's score on one leaderboard.
 */
export type PlayerSheetScore = {
    leaderboard: Id;
    period: PeriodKey;
    score: Amount;
};

/**
 * A player's run in one streak.
 */
export type PlayerSheetStreak = {
    streak: Id;
    current: number;
    longest: number;
    lastDay: CivilDate | null;
    freezes: number;
};

/**
 * A streak and how I am doing in it.
 */
export type PlayerStreak = {
    id: Id;
    /**
     * The version by which I go on: my run keeps the one that it started on, until it breaks; without a run it is the newest.
     */
    version: number;
    name: string;
    description?: string;
    cadence: StreakCadence;
    /**
     * The shortest first.
     */
    milestones: Array<PlayerStreakMilestone>;
    /**
     * Periods that count of the run that is still alive; it lives through the present one, so that there is time until its end.
     */
    current: number;
    /**
     * Periods that count of the longest run ever.
     */
    longest: number;
    /**
     * The latest day that counted; the last one of a week.
     */
    lastDay: CivilDate | null;
    /**
     * Whether the present day or week counts already.
     */
    countedToday: boolean;
    /**
     * How far the present day or week is towards the target.
     */
    amount: number;
    /**
     * What makes a day or week count.
     */
    target: number;
    /**
     * How many freezes are held.
     */
    freezes: number;
    /**
     * Whether the present day or week is paused.
     */
    paused: boolean;
    /**
     * What a freeze costs; null where none is for sale.
     */
    freezePrice: Array<Price> | null;
    /**
     * What a repair costs; null where it costs nothing, or there is none.
     */
    repairPrice: Array<Price> | null;
    /**
     * Until when the run that broke last can be repaired; null where there is nothing to repair.
     */
    repairUntil: CivilDate | null;
};

/**
 * A length of a run that is celebrated, and whether I have had one.
 */
export type PlayerStreakMilestone = {
    /**
     * The length of a run that is celebrated.
     */
    length: number;
    /**
     * Whether any run has come to it.
     */
    reached: boolean;
};

/**
 * One page of a list.
 */
export type PlayerStreakPage = {
    items: Array<PlayerStreak>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * A team, and what I am in it.
 */
export type PlayerTeam = {
    id: Id;
    name: string;
    visibility: TeamVisibility;
    joining: TeamJoining;
    capacity: TeamCapacity;
    /**
     * How many members it has.
     */
    size: number;
    version: Version;
    /**
     * What I am in it; null where I am not in it.
     */
    role: TeamRole | null;
    /**
     * What invites to it; captains alone see it.
     */
    joinCode: string | null;
};

/**
 * A new team.
 */
export type PlayerTeamCreate = {
    name: string;
    visibility?: TeamVisibility;
};

/**
 * A member of a team.
 */
export type PlayerTeamMember = {
    /**
     * Names the member in this team, until they leave.
     */
    id: Id;
    displayName: string;
    role: TeamRole;
    joinedAt: Instant;
    isMe: boolean;
};

/**
 * One page of a list.
 */
export type PlayerTeamMemberPage = {
    items: Array<PlayerTeamMember>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * One page of a list.
 */
export type PlayerTeamPage = {
    items: Array<PlayerTeam>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * What to change of a team; what is missing stays.
 */
export type PlayerTeamUpdate = {
    name?: string;
    visibility?: TeamVisibility;
    joining?: TeamJoining;
};

/**
 * A short-lived token for a player's client.
 */
export type PlayerToken = {
    accessToken: string;
    tokenType: 'Bearer';
    /**
     * Seconds.
     */
    expiresIn: number;
    userId: Id;
};

/**
 * An integer of 1 or more, in minor units.
 */
export type PositiveAmount = number;

/**
 * An amount that something costs.
 */
export type Price = {
    currency: Id;
    amount: PositiveAmount;
};

/**
 * An amount that something costs.
 */
export type PriceInput = {
    currency: Id;
    amount: PositiveAmount;
};

/**
 * What was asked for about a person's data, without the person in it.
 */
export type PrivacyRequest = {
    id: Id;
    kind: 'export' | 'erasure' | 'restriction' | 'release';
    status: 'running' | 'completed';
    /**
     * The user, by a keyed hash of their id: the same in all requests, and nobody outside can undo it.
     */
    pseudonym: string;
    /**
     * Who asked: `player`, or the operator or machine.
     */
    by: string;
    requestedAt: Instant;
    completedAt: Instant | null;
    /**
     * Of an erasure that is completed.
     */
    receipt: ErasureReceipt | null;
};

/**
 * One page of a list.
 */
export type PrivacyRequestPage = {
    items: Array<PrivacyRequest>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * What a workspace says about its users' data.
 */
export type PrivacySettings = {
    /**
     * Besides `leaderboards` and `analytics`; nobody agrees to these before they say so.
     */
    purposes: Array<ConsentPurpose>;
    /**
     * Users who neither played nor were changed for so many days are erased; null keeps them.
     */
    inactiveDays: number | null;
    keepDays: RetentionDays;
};

/**
 * What a workspace says about its users' data.
 */
export type PrivacySettingsInput = {
    /**
     * Besides `leaderboards` and `analytics`; nobody agrees to these before they say so.
     */
    purposes?: Array<ConsentPurposeInput>;
    /**
     * Users who neither played nor were changed for so many days are erased; null keeps them.
     */
    inactiveDays?: number | null;
    keepDays?: RetentionDaysInput;
};

/**
 * What places of a closed board are given; a place gets all that name it. On boards of teams: each member of the team at the end of the period.
 */
export type Prize = {
    places: PrizePlaces;
    /**
     * A wallet takes no more of a prize than its maximum; the entry then says what was `promised`. Earning caps do not bound it.
     */
    rewards: Array<PlainReward>;
};

/**
 * What places of a closed board are given; a place gets all that name it. On boards of teams: each member of the team at the end of the period.
 */
export type PrizeInput = {
    places: PrizePlacesInput;
    /**
     * A wallet takes no more of a prize than its maximum; the entry then says what was `promised`. Earning caps do not bound it.
     */
    rewards: Array<PlainRewardInput>;
};

/**
 * Ranks from one to another, both included, or the top percent.
 */
export type PrizePlaces = {
    kind: 'ranks';
    from: number;
    to: number;
} | {
    /**
     * The top so many of a hundred players, one at least.
     */
    kind: 'percent';
    top: number;
};

/**
 * Ranks from one to another, both included, or the top percent.
 */
export type PrizePlacesInput = {
    kind: 'ranks';
    from: number;
    to: number;
} | {
    /**
     * The top so many of a hundred players, one at least.
     */
    kind: 'percent';
    top: number;
};

/**
 * An error, by RFC 9457.
 */
export type Problem = {
    /**
     * A page about this code.
     */
    type: string;
    title: string;
    status: number;
    /**
     * Stable: decide on this. Codes may be added.
     */
    code: 'invalid_request' | 'malformed_json' | 'invalid_cursor' | 'invalid_token' | 'forbidden' | 'insufficient_scope' | 'not_found' | 'method_not_allowed' | 'already_exists' | 'event_conflict' | 'insufficient_funds' | 'hold_closed' | 'sold_out' | 'already_reversed' | 'in_use' | 'outdated' | 'conflict' | 'no_freeze_left' | 'team_full' | 'team_closed' | 'already_in_team' | 'plan_limit_reached' | 'last_owner' | 'too_many_secrets' | 'claim_expired' | 'version_mismatch' | 'body_too_large' | 'unsupported_media_type' | 'unprocessable' | 'time_out_of_range' | 'unknown_reference' | 'invalid_expression' | 'destination_not_allowed' | 'invalid_code' | 'domain_not_proven' | 'idempotency_mismatch' | 'precondition_required' | 'rate_limited' | 'headers_too_large' | 'internal_error' | 'unavailable' | (string & {});
    /**
     * What is wrong in this request, and what to do.
     */
    detail: string;
    /**
     * The path that was asked.
     */
    instance: string;
    /**
     * Quote it when you report the problem.
     */
    requestId: string;
    errors?: Array<FieldError>;
};

/**
 * How far a player is in one mission and period.
 */
export type Progress = {
    id: Id;
    mission: Id;
    /**
     * The version that it started on, and keeps.
     */
    missionVersion: Version;
    period: PeriodKey;
    state: ProgressState;
    /**
     * Reached so far: of the one step, or how many of several steps.
     */
    amount: Amount;
    /**
     * What completes it; frozen when the progress started.
     */
    target: Amount;
    /**
     * In the order of the steps of the mission.
     */
    steps: Array<ProgressStep>;
    /**
     * When the event, or whatever else started it, occurred.
     */
    startedAt: Instant;
    /**
     * When the event that completed it occurred.
     */
    completedAt: Instant | null;
    /**
     * When it was left or cancelled.
     */
    cancelledAt: Instant | null;
};

/**
 * Which mission to assign to whom.
 */
export type ProgressAssign = {
    /**
     * Whose it is.
     */
    user: Id;
    mission: Id;
    /**
     * In place of the target of a mission of one step.
     */
    target?: Amount;
};

/**
 * Whose progress to cancel: progress ids are unique within a user.
 */
export type ProgressCancel = {
    /**
     * Whose it is.
     */
    user: Id;
};

/**
 * One thing that moved a progress.
 */
export type ProgressMove = {
    /**
     * When what moved it occurred.
     */
    at: Instant;
    /**
     * The event, or the id of what else moved it.
     */
    event: Id;
    /**
     * Which step, from 0.
     */
    step: number;
    /**
     * What it added; less than 0 where the progress began anew.
     */
    added: number;
    /**
     * The amount of the step after it.
     */
    amount: Amount;
    /**
     * When its event was voided, since when it counts no more; the amounts are those of before.
     */
    voidedAt: Instant | null;
};

/**
 * One page of a list.
 */
export type ProgressMovePage = {
    items: Array<ProgressMove>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * One page of a list.
 */
export type ProgressPage = {
    items: Array<Progress>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * Open, reached, its period over before it was reached, or given up.
 */
export type ProgressState = 'active' | 'completed' | 'expired' | 'cancelled';

/**
 * How far a player, or a team, is in one step of a mission.
 */
export type ProgressStep = {
    /**
     * Reached so far; never more than the target, but in a team's progress.
     */
    amount: Amount;
    /**
     * Frozen when the progress started.
     */
    target: Amount;
    /**
     * When the event that completed it occurred.
     */
    completedAt: Instant | null;
};

/**
 * A keyed hash: the same in all exports of one workspace, another in each workspace. It is worked out by the key of the user and one of the workspace: without either nobody can tell whose it was.
 */
export type Pseudonym = string;

/**
 * An event without a word of anybody.
 */
export type PseudonymousEvent = {
    /**
     * The event, by a pseudonym.
     */
    id: Pseudonym;
    activity: Id;
    /**
     * Whose it is, by a pseudonym.
     */
    userId: Pseudonym;
    occurredAt: Instant;
    receivedAt: Instant;
    value: number;
    /**
     * Since when it counts no more; null as long as it counts.
     */
    voidedAt: Instant | null;
    /**
     * Whether it is over a limit of its activity, and so earned and moved nothing. Another event that comes late, or is undone, may change that.
     */
    limited: boolean;
};

/**
 * One page of a list.
 */
export type PseudonymousEventPage = {
    items: Array<PseudonymousEvent>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * A user without a word of them.
 */
export type PseudonymousUser = {
    /**
     * The user, by a pseudonym.
     */
    id: Pseudonym;
    visibility: Visibility;
    consents: UserConsents;
    status: UserStatus;
    version: Version;
    createdAt: Instant;
    updatedAt: Instant;
};

/**
 * One page of a list.
 */
export type PseudonymousUserPage = {
    items: Array<PseudonymousUser>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * Since when all have other pseudonyms.
 */
export type PseudonymsRenewed = {
    renewedAt: Instant;
};

/**
 * How a draft is published.
 */
export type Publish = {
    /**
     * What becomes of running progress; what the draft says of it where it is missing.
     */
    running?: Running;
    /**
     * What you reviewed: refused as `outdated` where somebody saved another draft since.
     */
    revision?: Version;
};

/**
 * The name of a purpose, such as `leaderboards`.
 */
export type PurposeId = string;

/**
 * A line of a leaderboard with the user, or the team, behind it.
 */
export type RankedUser = {
    rank: number;
    score: Amount;
    /**
     * On boards of players.
     */
    userId?: Id;
    /**
     * On boards of players.
     */
    externalId?: Id | null;
    /**
     * On boards of teams.
     */
    team?: LeaderboardTeam;
};

/**
 * One page of a list.
 */
export type RankedUserPage = {
    items: Array<RankedUser>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * Why a rule fired or did not. Codes are never renamed; more may be added.
 *
 * - `trigger_matched`: Reward rule: its trigger happened.
 * - `no_always_rule`: Reward rule: a fallback, and no `always` rule matched the same occurrence.
 * - `always_rule_matched`: Reward rule: a fallback, held back since an `always` rule matched the same occurrence.
 * - `other_rule_in_group`: Reward rule: another of its exclusive group matched, of a higher priority or, among equals, of an earlier id.
 * - `out_of_timeframe`: Reward rule: it happened before or after the rule's timeframe.
 * - `chance_missed`: Reward rule: drawn, and not hit.
 * - `gives_nothing`: Reward rule: matched, and its amounts come to nothing.
 * - `cap_reached`: Reward rule: matched, and has paid this player, or all together, as often as it may. Currency: a cap on what is earned in a period held some of it back.
 * - `cooling_down`: Reward rule: matched, and paid this player not long enough ago.
 * - `budget_exhausted`: Reward rule: matched, and its budget does not bear it.
 * - `sold_out`: Reward rule: matched, and there is not enough of an item to give.
 * - `not_offered`: Reward rule: matched, and an item is archived, or it is not its time.
 * - `progress_started`: Mission: the first event of a progress.
 * - `progress_moved`: Mission: further, and not there yet.
 * - `mission_completed`: Mission: this event reached the target.
 * - `already_completed`: Mission: reached before.
 * - `period_taken`: Mission: another version's progress, which this event does not belong to, has the period.
 * - `archived`: Mission: starts nothing any more, and no progress is running.
 * - `other_activity`: Mission, streak: its version waits for another activity, and no older progress is running.
 * - `cancelled`: Mission: left or cancelled before.
 * - `step_not_open`: Mission: its steps wait for something else by now: those that wait for this are completed, or not yet due.
 * - `schedule_closed`: Mission: its schedule is closed at that moment.
 * - `not_in_audience`: Mission: starts nothing for this player, who is not in its audience.
 * - `prerequisite_missing`: Mission: starts nothing for this player, who has not got all that it demands first.
 * - `not_joined`: Mission: starts when the player joins, and they have not.
 * - `not_assigned`: Mission: starts when it is assigned, and it was not.
 * - `not_triggered`: Mission: starts with another event, which has not occurred.
 * - `target_refused`: Mission: its target came to no number of 1 or more, so that nothing starts.
 * - `progress_reset`: Mission, streak: a newer version lets running progress begin anew, or counts it again.
 * - `progress_recomputed`: Mission, streak: a newer version lets running progress begin anew, or counts it again.
 * - `adds_nothing`: Mission, leaderboard: the event's value is 0; mission: what an expression adds comes to 0 or less.
 * - `adds_refused`: Mission: what the event adds could not be worked out, so that it adds nothing.
 * - `day_counted`: Streak: with this event its period counts.
 * - `streak_moved`: Streak: the period is further, and does not count yet.
 * - `period_paused`: Streak: the period is paused, and neither counts nor breaks the run.
 * - `day_already_counted`: Streak: the period counted already.
 * - `score_moved`: Leaderboard: the score changed.
 * - `not_better`: Leaderboard: the score there is stands.
 * - `share_moved`: Mission: it is for teams, and the player gave this to theirs.
 * - `not_in_team`: Mission, leaderboard: it is for teams, and the player was in none.
 * - `limit_reached`: Activity: as many of its events counted in a period as may, so that this one moves nothing.
 * - `maximum_reached`: Currency: its maximum held some of it back.
 * - `condition_false`: Any: its condition does not hold for this event.
 * - `condition_refused`: Any: its condition could not be evaluated, which counts as false.
 */
export type ReasonCode = 'trigger_matched' | 'no_always_rule' | 'always_rule_matched' | 'other_rule_in_group' | 'out_of_timeframe' | 'chance_missed' | 'gives_nothing' | 'cap_reached' | 'cooling_down' | 'budget_exhausted' | 'sold_out' | 'not_offered' | 'progress_started' | 'progress_moved' | 'mission_completed' | 'already_completed' | 'period_taken' | 'archived' | 'other_activity' | 'cancelled' | 'step_not_open' | 'schedule_closed' | 'not_in_audience' | 'prerequisite_missing' | 'not_joined' | 'not_assigned' | 'not_triggered' | 'target_refused' | 'progress_reset' | 'progress_recomputed' | 'adds_nothing' | 'adds_refused' | 'day_counted' | 'streak_moved' | 'period_paused' | 'day_already_counted' | 'score_moved' | 'not_better' | 'share_moved' | 'not_in_team' | 'limit_reached' | 'maximum_reached' | 'condition_false' | 'condition_refused' | (string & {});

/**
 * A catalogue item that a player asked for or was given. Its code is theirs alone.
 */
export type Redemption = {
    id: Id;
    item: Id;
    itemVersion: Version;
    userId: Id;
    state: RedemptionState;
    /**
     * Nothing, where it was given as a reward.
     */
    price: Array<PaidPrice>;
    /**
     * What it was given for; null where the player asked for it.
     */
    source: RewardSource | null;
    /**
     * What the operator said who settled it.
     */
    note: string | null;
    redeemedAt: Instant;
    /**
     * When it lapses if nobody fulfils it.
     */
    expiresAt: Instant | null;
    settledAt: Instant | null;
};

/**
 * What `redemption.cancelled` says.
 */
export type RedemptionCancelledData = {
    redemptionId: Id;
    item: Id;
};

/**
 * A redemption was cancelled, and its price given back.
 */
export type RedemptionCancelledHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'redemption.cancelled';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: RedemptionCancelledData;
};

/**
 * What `redemption.created` says.
 */
export type RedemptionCreatedData = {
    redemptionId: Id;
    item: Id;
};

/**
 * A player redeemed an item.
 */
export type RedemptionCreatedHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'redemption.created';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: RedemptionCreatedData;
};

/**
 * What `redemption.expired` says.
 */
export type RedemptionExpiredData = {
    redemptionId: Id;
    item: Id;
};

/**
 * A redemption ran out.
 */
export type RedemptionExpiredHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'redemption.expired';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: RedemptionExpiredData;
};

/**
 * What `redemption.fulfilled` says.
 */
export type RedemptionFulfilledData = {
    redemptionId: Id;
    item: Id;
};

/**
 * A redemption was fulfilled.
 */
export type RedemptionFulfilledHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'redemption.fulfilled';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: RedemptionFulfilledData;
};

/**
 * One page of a list.
 */
export type RedemptionPage = {
    items: Array<Redemption>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * How a redemption is settled.
 */
export type RedemptionSettle = {
    /**
     * For the record and the player.
     */
    note?: string;
};

/**
 * `held` waits, with its price set aside; `fulfilled` is paid; the others gave the price back.
 */
export type RedemptionState = 'held' | 'fulfilled' | 'cancelled' | 'expired';

/**
 * Whom a report on a segment, or a part of it, has looked at.
 */
export type ReportPlayers = {
    /**
     * How many users were looked at.
     */
    looked: number;
    /**
     * How many of them are in the segment: of those the rows tell.
     */
    members: number;
};

/**
 * Which version becomes the newest.
 */
export type Restore = {
    /**
     * Which version to publish again.
     */
    version: Version;
    /**
     * What becomes of running progress; `keep` where it is missing.
     */
    running?: Running;
};

/**
 * For how long a workspace keeps each kind of data. The ledger, scores and counters stay.
 */
export type RetentionDays = {
    /**
     * After so many days what an event said, and what conditions saw of its user, is erased: its attributes read as empty, it can be neither voided nor explained, and no event can be told that comes before it. What it came to stays. Null keeps it.
     */
    events: number | null;
    /**
     * After so many days what was told of players, and deliveries of it that are over, are removed; null is after 30.
     */
    news: number | null;
    /**
     * After so many days requests about personal data are removed, but for erasures, whose receipts stay. Null keeps them.
     */
    requests: number | null;
    /**
     * After so many days a yes lapses, and has to be asked for again; a no stays. Null lets it last.
     */
    consents: number | null;
};

/**
 * For how long a workspace keeps each kind of data. The ledger, scores and counters stay.
 */
export type RetentionDaysInput = {
    /**
     * After so many days what an event said, and what conditions saw of its user, is erased: its attributes read as empty, it can be neither voided nor explained, and no event can be told that comes before it. What it came to stays. Null keeps it.
     */
    events?: number | null;
    /**
     * After so many days what was told of players, and deliveries of it that are over, are removed; null is after 30.
     */
    news?: number | null;
    /**
     * After so many days requests about personal data are removed, but for erasures, whose receipts stay. Null keeps them.
     */
    requests?: number | null;
    /**
     * After so many days a yes lapses, and has to be asked for again; a no stays. Null lets it last.
     */
    consents?: number | null;
};

/**
 * Something that is given: an amount of a currency, a badge, experience on a level track, freezes of a streak, or an item of the catalogue. Each item is a redemption that is fulfilled and cost nothing, with a code of its own where it comes with codes. It counts as one that the player has; its limit per player and its audience are about buying, and keep no reward back. Where it is sold out or not offered it is withheld (`sold_out`, `not_offered`). It stays given when what earned it is voided.
 */
export type Reward = {
    kind: 'currency';
    currency: Id;
    amount: RewardAmount;
    /**
     * It is given at once where this is missing.
     */
    claim?: ClaimTerms;
} | {
    kind: 'badge';
    badge: Id;
    /**
     * It is given at once where this is missing.
     */
    claim?: ClaimTerms;
} | {
    kind: 'experience';
    track: Id;
    amount: RewardAmount;
    /**
     * It is given at once where this is missing.
     */
    claim?: ClaimTerms;
} | {
    kind: 'streakFreeze';
    streak: Id;
    count: number;
    /**
     * It is given at once where this is missing.
     */
    claim?: ClaimTerms;
} | {
    kind: 'item';
    item: Id;
    quantity: number;
    /**
     * It is given at once where this is missing.
     */
    claim?: ClaimTerms;
};

/**
 * How much: a number, or an expression over the event.
 */
export type RewardAmount = PositiveAmount | {
    expression: AmountExpression;
};

/**
 * How much: a number, or an expression over the event.
 */
export type RewardAmountInput = PositiveAmount | {
    expression: AmountExpression;
};

/**
 * What the rule gives all players together, ever, at most: never more, and it gives whole rewards or nothing. What is taken back later does not come back to it.
 */
export type RewardBudget = Array<BudgetAmount>;

/**
 * What the rule gives all players together, ever, at most: never more, and it gives whole rewards or nothing. What is taken back later does not come back to it.
 */
export type RewardBudgetInput = Array<BudgetAmountInput>;

/**
 * How often the rule pays at most. A player's payments are counted by when things happened; those of all players together as they come in.
 */
export type RewardCaps = {
    /**
     * How often it pays one player, ever.
     */
    perPlayer?: number;
    /**
     * How often it pays one player on a day.
     */
    perDay?: number;
    /**
     * How often it pays one player in an ISO week.
     */
    perWeek?: number;
    /**
     * How often it pays one player in a month.
     */
    perMonth?: number;
    /**
     * Where days, weeks and months are counted.
     */
    zone: DefinitionZone;
    /**
     * How often it pays all players together, ever.
     */
    total?: number;
};

/**
 * How often the rule pays at most. A player's payments are counted by when things happened; those of all players together as they come in.
 */
export type RewardCapsInput = {
    /**
     * How often it pays one player, ever.
     */
    perPlayer?: number;
    /**
     * How often it pays one player on a day.
     */
    perDay?: number;
    /**
     * How often it pays one player in an ISO week.
     */
    perWeek?: number;
    /**
     * How often it pays one player in a month.
     */
    perMonth?: number;
    /**
     * Where days, weeks and months are counted.
     */
    zone?: DefinitionZone;
    /**
     * How often it pays all players together, ever.
     */
    total?: number;
};

/**
 * Whether it matches is drawn, once for ever: from the first 48 bits of the SHA-256 of the JSON array of the rule’s id, its version, what it would pay for (`explain` shows it) and the seed, as a fraction of 2^48. It matches where that is below `probability`.
 */
export type RewardChance = {
    probability: number;
    /**
     * Part of what is drawn from: players who choose the ids of their events cannot guess it.
     */
    seed?: string;
};

/**
 * Whether it matches is drawn, once for ever: from the first 48 bits of the SHA-256 of the JSON array of the rule’s id, its version, what it would pay for (`explain` shows it) and the seed, as a fraction of 2^48. It matches where that is below `probability`.
 */
export type RewardChanceInput = {
    probability: number;
    /**
     * Part of what is drawn from: players who choose the ids of their events cannot guess it.
     */
    seed?: string;
};

/**
 * What `reward.claimed` says.
 */
export type RewardClaimedData = {
    /**
     * What was rewarded: `rule`, `mission`, `streak`, `level`…
     */
    source: string;
    /**
     * Which one.
     */
    sourceId: Id;
    /**
     * What was given: `currency`, `badge`, `item`, `freeze`…
     */
    kind: string;
    /**
     * Of which currency, which badge, which item.
     */
    of: Id;
    amount: PositiveAmount;
};

/**
 * A reward that waited was taken.
 */
export type RewardClaimedHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'reward.claimed';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: RewardClaimedData;
};

/**
 * What `reward.expired` says.
 */
export type RewardExpiredData = {
    /**
     * What was rewarded: `rule`, `mission`, `streak`, `level`…
     */
    source: string;
    /**
     * Which one.
     */
    sourceId: Id;
    /**
     * What was given: `currency`, `badge`, `item`, `freeze`…
     */
    kind: string;
    /**
     * Of which currency, which badge, which item.
     */
    of: Id;
    amount: PositiveAmount;
};

/**
 * A reward that waited was not taken in time.
 */
export type RewardExpiredHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'reward.expired';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: RewardExpiredData;
};

/**
 * What `reward.granted` says.
 */
export type RewardGrantedData = {
    /**
     * What was rewarded: `rule`, `mission`, `streak`, `level`…
     */
    source: string;
    /**
     * Which one.
     */
    sourceId: Id;
    /**
     * What was given: `currency`, `badge`, `item`, `freeze`…
     */
    kind: string;
    /**
     * Of which currency, which badge, which item.
     */
    of: Id;
    amount: PositiveAmount;
};

/**
 * Something was given.
 */
export type RewardGrantedHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'reward.granted';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: RewardGrantedData;
};

/**
 * Something that is given: an amount of a currency, a badge, experience on a level track, freezes of a streak, or an item of the catalogue. Each item is a redemption that is fulfilled and cost nothing, with a code of its own where it comes with codes. It counts as one that the player has; its limit per player and its audience are about buying, and keep no reward back. Where it is sold out or not offered it is withheld (`sold_out`, `not_offered`). It stays given when what earned it is voided.
 */
export type RewardInput = {
    kind: 'currency';
    currency: Id;
    amount: RewardAmountInput;
    /**
     * It is given at once where this is missing.
     */
    claim?: ClaimTermsInput;
} | {
    kind: 'badge';
    badge: Id;
    /**
     * It is given at once where this is missing.
     */
    claim?: ClaimTermsInput;
} | {
    kind: 'experience';
    track: Id;
    amount: RewardAmountInput;
    /**
     * It is given at once where this is missing.
     */
    claim?: ClaimTermsInput;
} | {
    kind: 'streakFreeze';
    streak: Id;
    count?: number;
    /**
     * It is given at once where this is missing.
     */
    claim?: ClaimTermsInput;
} | {
    kind: 'item';
    item: Id;
    quantity?: number;
    /**
     * It is given at once where this is missing.
     */
    claim?: ClaimTermsInput;
};

/**
 * `always` pays whenever it matches; `fallback` only where no other rule matched; of the rules of one `exclusive` group that match, only the one of the highest priority pays (the first by id, among equals). What a cap, a cooldown or a budget keeps from paying matched all the same.
 */
export type RewardMode = 'always' | 'fallback' | {
    /**
     * The name of the group.
     */
    exclusive: Id;
    /**
     * Of those in the group that match, the highest pays.
     */
    priority: number;
};

/**
 * `always` pays whenever it matches; `fallback` only where no other rule matched; of the rules of one `exclusive` group that match, only the one of the highest priority pays (the first by id, among equals). What a cap, a cooldown or a budget keeps from paying matched all the same.
 */
export type RewardModeInput = 'always' | 'fallback' | {
    /**
     * The name of the group.
     */
    exclusive: Id;
    /**
     * Of those in the group that match, the highest pays.
     */
    priority?: number;
};

/**
 * What each rule and mission cost, by day.
 */
export type RewardReport = {
    from: CivilDate;
    to: CivilDate;
    /**
     * In which days are told: the zone of the workspace.
     */
    zone: Zone;
    /**
     * Whether the rows tell of everybody who was asked for; false of each part of what comes in parts.
     */
    complete: boolean;
    /**
     * Null where everybody was asked for.
     */
    players: ReportPlayers | null;
    rows: Array<RewardRow>;
    /**
     * Give it as `part` for the next users of a segment, and add up the numbers of rows that are of the same thing; null at the end.
     */
    nextPart: string | null;
};

/**
 * What `reward.reverted` says.
 */
export type RewardRevertedData = {
    /**
     * What was rewarded: `rule`, `mission`, `streak`, `level`…
     */
    source: string;
    /**
     * Which one.
     */
    sourceId: Id;
    /**
     * What was given: `currency`, `badge`, `item`, `freeze`…
     */
    kind: string;
    /**
     * Of which currency, which badge, which item.
     */
    of: Id;
    amount: PositiveAmount;
};

/**
 * Something that was given was taken back.
 */
export type RewardRevertedHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'reward.reverted';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: RewardRevertedData;
};

/**
 * What one source of rewards gave of one thing on one day.
 */
export type RewardRow = {
    /**
     * The day on which it happened, whenever it was reported.
     */
    day: CivilDate;
    /**
     * `rule`, `mission`, `level` (of a track), `streak`, `prize` (of a leaderboard or league), `grant` (by hand); more may come.
     */
    source: string;
    /**
     * Which one; `hand` of what was given by hand.
     */
    id: Id;
    /**
     * `currency`, with experience as an amount of the currency of its track; `badge`, `streakFreeze`, `item`.
     */
    kind: string;
    /**
     * Which currency, badge, streak or item.
     */
    of: Id;
    /**
     * What it gave.
     */
    amount: Amount;
    /**
     * How often.
     */
    times: number;
};

/**
 * When something is given, and what.
 */
export type RewardRule = {
    id: Id;
    status: DefinitionStatus;
    /**
     * Counts up with each change of what is at work; of a draft, the version that it will be.
     */
    version: Version;
    /**
     * Counts up with each change, drafts included; it is the ETag.
     */
    revision: Version;
    /**
     * Whether there is a draft that waits to be published.
     */
    draft: boolean;
    createdAt: Instant;
    /**
     * When this version was saved.
     */
    updatedAt: Instant;
    /**
     * Who saved this version.
     */
    author: string;
    /**
     * When this version came to work; null for a draft.
     */
    publishedAt: Instant | null;
    /**
     * What this version makes of running progress.
     */
    running: Running;
    /**
     * The version of the workspace’s ruleset from which this version is at work; null for a draft.
     */
    ruleset: number | null;
    name: LocalizedText;
    description?: LocalizedText;
    trigger: RewardTrigger;
    mode: RewardMode;
    timeframe?: RewardTimeframe;
    /**
     * It pays only where this holds.
     */
    condition?: Condition;
    chance?: RewardChance;
    caps?: RewardCaps;
    /**
     * How long it pays a player nothing after it paid them, by when things happened.
     */
    cooldown?: Duration;
    budget?: RewardBudget;
    rewards: Array<Reward>;
};

/**
 * Which form of the reward rule is tried, and on which part of the past.
 */
export type RewardRuleBacktest = {
    /**
     * The first moment of the interval.
     */
    from: Instant;
    /**
     * The end of the interval, which is no part of it: at most 366 days after `from`.
     */
    to: Instant;
    /**
     * The draft that waits to be published; what is tried where nothing else is named.
     */
    draft?: true;
    /**
     * A version that was at work, instead of the draft.
     */
    version?: Version;
    /**
     * The reward rule itself, saved or not; its id is ignored.
     */
    definition?: RewardRuleCreate;
};

/**
 * A new reward rule.
 */
export type RewardRuleCreate = {
    /**
     * Your own id; Laurel makes one where it is missing.
     */
    id?: DefinitionId;
    /**
     * Whether to save it as a draft, which no player sees; it is published where this is missing.
     */
    draft?: boolean;
    name: LocalizedText;
    description?: LocalizedText;
    trigger: RewardTriggerInput;
    mode?: RewardModeInput;
    timeframe?: RewardTimeframeInput;
    /**
     * It pays only where this holds.
     */
    condition?: Condition;
    chance?: RewardChanceInput;
    caps?: RewardCapsInput;
    /**
     * How long it pays a player nothing after it paid them, by when things happened.
     */
    cooldown?: Duration;
    budget?: RewardBudgetInput;
    rewards: Array<RewardInput>;
};

/**
 * One page of a list.
 */
export type RewardRulePage = {
    items: Array<RewardRule>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * What a reward rule becomes.
 */
export type RewardRuleUpdate = {
    /**
     * Whether to save it as a draft, which no player sees; it is published where this is missing.
     */
    draft?: boolean;
    /**
     * What becomes of running progress; `keep` where it is missing.
     */
    running?: Running;
    name: LocalizedText;
    description?: LocalizedText;
    trigger: RewardTriggerInput;
    mode?: RewardModeInput;
    timeframe?: RewardTimeframeInput;
    /**
     * It pays only where this holds.
     */
    condition?: Condition;
    chance?: RewardChanceInput;
    caps?: RewardCapsInput;
    /**
     * How long it pays a player nothing after it paid them, by when things happened.
     */
    cooldown?: Duration;
    budget?: RewardBudgetInput;
    rewards: Array<RewardInput>;
};

/**
 * What was rewarded: by a rule, a completed mission, a level that was reached, a milestone of a streak, a place on a board or in a league; or that it was given by hand.
 */
export type RewardSource = {
    kind: 'rule';
    rule: Id;
} | {
    kind: 'mission';
    mission: Id;
    period: PeriodKey;
} | {
    kind: 'level';
    track: Id;
    level: number;
} | {
    kind: 'prize';
    /**
     * What it was the prize of. Others may be added.
     */
    of: 'leaderboard' | 'league' | (string & {});
    id: Id;
    period: PeriodKey;
    rank: number;
} | {
    kind: 'grant';
    note: string;
} | {
    kind: 'streak';
    streak: Id;
    length: number;
};

/**
 * Given at once; to be claimed; claimed; or not claimed in time, and gone.
 */
export type RewardState = 'granted' | 'claimable' | 'claimed' | 'expired';

/**
 * When the rule is at work; by when things happened, not by when they were told.
 */
export type RewardTimeframe = {
    /**
     * The first moment at which it pays.
     */
    from?: Instant;
    /**
     * The first moment at which it does not pay any more.
     */
    to?: Instant;
};

/**
 * When the rule is at work; by when things happened, not by when they were told.
 */
export type RewardTimeframeInput = {
    /**
     * The first moment at which it pays.
     */
    from?: Instant;
    /**
     * The first moment at which it does not pay any more.
     */
    to?: Instant;
};

/**
 * What a reward rule waits for.
 */
export type RewardTrigger = {
    kind: 'event';
    /**
     * Only events of this activity; all where it is missing.
     */
    activity?: Id;
    /**
     * Only events of activities with this tag.
     */
    tag?: Tag;
} | {
    kind: 'missionCompleted';
    /**
     * Only this mission; all where it is missing.
     */
    mission?: Id;
} | {
    kind: 'streakMilestone';
    /**
     * Only this streak; all where it is missing.
     */
    streak?: Id;
    /**
     * Only the milestone of this length.
     */
    length?: number;
} | {
    kind: 'levelReached';
    /**
     * Only this level track; all where it is missing.
     */
    track?: Id;
    /**
     * Only this level.
     */
    level?: number;
} | {
    kind: 'badgeAwarded';
    /**
     * Only this badge; all where it is missing.
     */
    badge?: Id;
    /**
     * Only this tier; 1 is the lowest.
     */
    tier?: number;
} | {
    kind: 'leaderboardClosed';
    /**
     * Only this leaderboard; all where it is missing.
     */
    leaderboard?: Id;
    /**
     * Only players who ended at this rank or above.
     */
    topRank?: number;
    /**
     * Only the top so many of a hundred players, one at least, and their equals.
     */
    topPercent?: number;
};

/**
 * What a reward rule waits for.
 */
export type RewardTriggerInput = {
    kind: 'event';
    /**
     * Only events of this activity; all where it is missing.
     */
    activity?: Id;
    /**
     * Only events of activities with this tag.
     */
    tag?: Tag;
} | {
    kind: 'missionCompleted';
    /**
     * Only this mission; all where it is missing.
     */
    mission?: Id;
} | {
    kind: 'streakMilestone';
    /**
     * Only this streak; all where it is missing.
     */
    streak?: Id;
    /**
     * Only the milestone of this length.
     */
    length?: number;
} | {
    kind: 'levelReached';
    /**
     * Only this level track; all where it is missing.
     */
    track?: Id;
    /**
     * Only this level.
     */
    level?: number;
} | {
    kind: 'badgeAwarded';
    /**
     * Only this badge; all where it is missing.
     */
    badge?: Id;
    /**
     * Only this tier; 1 is the lowest.
     */
    tier?: number;
} | {
    kind: 'leaderboardClosed';
    /**
     * Only this leaderboard; all where it is missing.
     */
    leaderboard?: Id;
    /**
     * Only players who ended at this rank or above.
     */
    topRank?: number;
    /**
     * Only the top so many of a hundred players, one at least, and their equals.
     */
    topPercent?: number;
};

/**
 * A named set of permissions, with the conditions under which it holds.
 */
export type Role = {
    id: RoleId;
    name: string;
    description: string | null;
    /**
     * Whether every workspace has it; such a role cannot be changed.
     */
    builtIn: boolean;
    permissions: Array<string>;
    conditions: RoleConditions;
    version: Version;
    /**
     * Null for what is built in.
     */
    createdAt: Instant | null;
    updatedAt: Instant | null;
};

/**
 * What must hold for each call. With `users` or `teams` a role sees those players alone: what concerns others is not found, and what concerns everybody is refused.
 */
export type RoleConditions = {
    users?: ShownUsers;
    /**
     * Only these teams and their members.
     */
    teams?: Array<Id>;
    hours?: OfficeHours;
    /**
     * Only from these addresses: IPv4 or IPv6, one or a range (CIDR).
     */
    addresses?: Array<IpRange>;
};

/**
 * What must hold for each call. With `users` or `teams` a role sees those players alone: what concerns others is not found, and what concerns everybody is refused.
 */
export type RoleConditionsInput = {
    users?: ShownUsersInput;
    /**
     * Only these teams and their members.
     */
    teams?: Array<Id>;
    hours?: OfficeHoursInput;
    /**
     * Only from these addresses: IPv4 or IPv6, one or a range (CIDR).
     */
    addresses?: Array<IpRange>;
};

/**
 * A new role: a set of permissions, with conditions.
 */
export type RoleCreate = {
    name: string;
    description?: string | null;
    permissions: Array<Permission>;
    conditions?: RoleConditionsInput;
};

/**
 * Which role: `owner`, `admin`, `manager`, `member`, `viewer`, or the id of one of the workspace.
 */
export type RoleId = string;

/**
 * One page of a list.
 */
export type RolePage = {
    items: Array<Role>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * All that the role is to be from now on.
 */
export type RoleUpdate = {
    name: string;
    description?: string | null;
    permissions: Array<Permission>;
    conditions?: RoleConditionsInput;
};

/**
 * How one rule took an event.
 */
export type RuleExplanation = {
    /**
     * What kind of rule it is. Kinds may be added.
     */
    kind: 'activity' | 'rewardRule' | 'mission' | 'streak' | 'leaderboard' | 'league' | 'currency' | (string & {});
    id: Id;
    version: Version;
    fired: boolean;
    why: ReasonCode;
    /**
     * The values that decided it.
     */
    values: {
        [key: string]: string | number | boolean;
    };
};

/**
 * What becomes of running progress: `keep` leaves players on the version that they started on, `recompute` counts what they did again by the new one, `reset` lets them start anew. Missions know all three, as long as a `recompute` leaves the schedule as it is, and reach all players soon after, those who do nothing more included. So do streaks know them: `keep` leaves a run on its version until it breaks, and the next one starts on the newest; `recompute` counts the history again with the player’s next entry; `reset` ends the run as of the publication, unbroken, and another begins. Level tracks know `keep` (levels that were reached stay) and `recompute` (levels follow the new thresholds, also down). Other kinds know `keep` alone, and say why.
 */
export type Running = 'keep' | 'recompute' | 'reset';

/**
 * An event to try an expression on.
 */
export type SampleEvent = {
    id?: Id;
    value?: number;
    occurredAt?: Instant;
    attributes?: Attributes;
};

/**
 * Facts to try an expression on; what is missing is plain.
 */
export type SampleFacts = {
    event?: SampleEvent;
    user?: SampleUser;
    player?: SamplePlayer;
    now?: Instant;
};

/**
 * A player's state to try an expression on.
 */
export type SamplePlayer = {
    /**
     * By currency.
     */
    balances?: {
        [key in Id]?: Amount;
    };
    /**
     * By level track.
     */
    levels?: {
        [key in Id]?: Amount;
    };
    /**
     * By badge: how often they have it.
     */
    badges?: {
        [key in Id]?: Amount;
    };
    /**
     * By activity: how many events, without those over a limit.
     */
    counters?: {
        [key in Id]?: Amount;
    };
};

/**
 * A user to try an expression on.
 */
export type SampleUser = {
    id?: Id;
    language?: Language;
    zone?: Zone;
    attributes?: UserAttributes;
    tags?: Tags;
};

/**
 * Always open, open in one range, or open in periods that follow one another: days, weeks or months of a zone, or from one time of a cron expression to the next.
 */
export type Schedule = {
    kind: 'permanent';
} | {
    kind: 'range';
    /**
     * The first moment, or the first date; always open before `to` without it.
     */
    from?: Instant | CivilDate;
    /**
     * The moment when it is over, or the last date; never over without it.
     */
    to?: Instant | CivilDate;
    /**
     * Where dates are meant.
     */
    zone: DefinitionZone;
} | {
    kind: 'recurring';
    every: Cadence;
    zone: DefinitionZone;
} | {
    kind: 'cron';
    cron: CronExpression;
    zone: DefinitionZone;
};

/**
 * Always open, open in one range, or open in periods that follow one another: days, weeks or months of a zone, or from one time of a cron expression to the next.
 */
export type ScheduleInput = {
    kind: 'permanent';
} | {
    kind: 'range';
    /**
     * The first moment, or the first date; always open before `to` without it.
     */
    from?: Instant | CivilDate;
    /**
     * The moment when it is over, or the last date; never over without it.
     */
    to?: Instant | CivilDate;
    /**
     * Where dates are meant.
     */
    zone?: DefinitionZone;
} | {
    kind: 'recurring';
    every: Cadence;
    zone: DefinitionZone;
} | {
    kind: 'cron';
    cron: CronExpression;
    zone: DefinitionZone;
};

/**
 * Whether the highest score stands first, or the lowest.
 */
export type ScoreDirection = 'high' | 'low';

/**
 * How an event moved a score.
 */
export type ScoreEffect = {
    leaderboard: Id;
    period: PeriodKey;
    added: Amount;
    score: Amount;
    /**
     * On boards of teams: the team that it counts for. The score is what this player has given to it.
     */
    team?: Id;
};

/**
 * What a score is made of.
 */
export type ScoreSource = {
    /**
     * Of the events' `value`: the sum, the highest, the lowest or the latest; or how many events.
     */
    kind: 'sum' | 'count' | 'max' | 'min' | 'latest';
    activity: Id;
} | {
    /**
     * What rules and missions gave of a currency.
     */
    kind: 'earned';
    currency: Id;
} | {
    /**
     * The longest run of a streak that was reached in the period.
     */
    kind: 'streak';
    streak: Id;
};

/**
 * What a score is made of.
 */
export type ScoreSourceInput = {
    /**
     * Of the events' `value`: the sum, the highest, the lowest or the latest; or how many events.
     */
    kind: 'sum' | 'count' | 'max' | 'min' | 'latest';
    activity: Id;
} | {
    /**
     * What rules and missions gave of a currency.
     */
    kind: 'earned';
    currency: Id;
} | {
    /**
     * The longest run of a streak that was reached in the period.
     */
    kind: 'streak';
    streak: Id;
};

/**
 * Users, by what is true of them.
 */
export type Segment = {
    id: Id;
    status: DefinitionStatus;
    /**
     * Counts up with each change of what is at work; of a draft, the version that it will be.
     */
    version: Version;
    /**
     * Counts up with each change, drafts included; it is the ETag.
     */
    revision: Version;
    /**
     * Whether there is a draft that waits to be published.
     */
    draft: boolean;
    createdAt: Instant;
    /**
     * When this version was saved.
     */
    updatedAt: Instant;
    /**
     * Who saved this version.
     */
    author: string;
    /**
     * When this version came to work; null for a draft.
     */
    publishedAt: Instant | null;
    /**
     * What this version makes of running progress.
     */
    running: Running;
    /**
     * The version of the workspace’s ruleset from which this version is at work; null for a draft.
     */
    ruleset: number | null;
    name: LocalizedText;
    description?: LocalizedText;
    condition: UserCondition;
};

/**
 * A new segment.
 */
export type SegmentCreate = {
    /**
     * Your own id; Laurel makes one where it is missing.
     */
    id?: DefinitionId;
    /**
     * Whether to save it as a draft, which no player sees; it is published where this is missing.
     */
    draft?: boolean;
    name: LocalizedText;
    description?: LocalizedText;
    condition: UserCondition;
};

/**
 * One page of a list.
 */
export type SegmentMemberPage = {
    items: Array<User>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * One page of a list.
 */
export type SegmentPage = {
    items: Array<Segment>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * How many users a segment has.
 */
export type SegmentSize = {
    segment: Id;
    /**
     * How many of the users that were looked at are in it.
     */
    size: number;
    /**
     * How many users were looked at, the oldest first.
     */
    scanned: number;
    /**
     * Whether those were all; if not, the segment has `size` users or more.
     */
    complete: boolean;
};

/**
 * What a segment becomes.
 */
export type SegmentUpdate = {
    /**
     * Whether to save it as a draft, which no player sees; it is published where this is missing.
     */
    draft?: boolean;
    /**
     * What becomes of running progress; `keep` where it is missing.
     */
    running?: Running;
    name: LocalizedText;
    description?: LocalizedText;
    condition: UserCondition;
};

/**
 * Something that is promised, as a player sees it.
 */
export type ShownReward = {
    kind: 'currency';
    currency: Id;
    /**
     * Null where it is worked out when it is given.
     */
    amount: PositiveAmount | null;
    /**
     * It is given at once where this is missing.
     */
    claim?: ClaimTerms;
} | {
    kind: 'badge';
    badge: Id;
    /**
     * It is given at once where this is missing.
     */
    claim?: ClaimTerms;
} | {
    kind: 'experience';
    track: Id;
    /**
     * Null where it is worked out when it is given.
     */
    amount: PositiveAmount | null;
    /**
     * It is given at once where this is missing.
     */
    claim?: ClaimTerms;
} | {
    kind: 'streakFreeze';
    streak: Id;
    count: number;
    /**
     * It is given at once where this is missing.
     */
    claim?: ClaimTerms;
} | {
    kind: 'item';
    item: Id;
    quantity: number;
    /**
     * It is given at once where this is missing.
     */
    claim?: ClaimTerms;
};

/**
 * Only users who have one of these values of an attribute that the workspace declares.
 */
export type ShownUsers = {
    attribute: string;
    values: Array<string | number | boolean>;
};

/**
 * Only users who have one of these values of an attribute that the workspace declares.
 */
export type ShownUsersInput = {
    attribute: string;
    values: Array<string | number | boolean>;
};

/**
 * A name for URLs: 3 to 40 of `a-z 0-9` and inner hyphens.
 */
export type Slug = string;

/**
 * What an event adds: one, its `value`, or what an expression comes to. Where a mission, a badge or a level moves the step, `value` adds one, and an expression speaks of the event behind it.
 */
export type StepAdds = 'one' | 'value' | {
    expression: AddsExpression;
};

/**
 * What an event adds: one, its `value`, or what an expression comes to. Where a mission, a badge or a level moves the step, `value` adds one, and an expression speaks of the event behind it.
 */
export type StepAddsInput = 'one' | 'value' | {
    expression: AddsExpression;
};

/**
 * How much: a number, or an expression that is frozen when the progress starts.
 */
export type StepTarget = number | {
    expression: TargetExpression;
};

/**
 * How much: a number, or an expression that is frozen when the progress starts.
 */
export type StepTargetInput = number | {
    expression: TargetExpression;
};

/**
 * A habit that is counted in days or weeks without a gap.
 */
export type Streak = {
    id: Id;
    status: DefinitionStatus;
    /**
     * Counts up with each change of what is at work; of a draft, the version that it will be.
     */
    version: Version;
    /**
     * Counts up with each change, drafts included; it is the ETag.
     */
    revision: Version;
    /**
     * Whether there is a draft that waits to be published.
     */
    draft: boolean;
    createdAt: Instant;
    /**
     * When this version was saved.
     */
    updatedAt: Instant;
    /**
     * Who saved this version.
     */
    author: string;
    /**
     * When this version came to work; null for a draft.
     */
    publishedAt: Instant | null;
    /**
     * What this version makes of running progress.
     */
    running: Running;
    /**
     * The version of the workspace’s ruleset from which this version is at work; null for a draft.
     */
    ruleset: number | null;
    name: LocalizedText;
    description?: LocalizedText;
    cadence: StreakCadence;
    zone: DefinitionZone;
    /**
     * Its events make a period count.
     */
    activity: Id;
    /**
     * Only events for which this holds make a period count.
     */
    condition?: Condition;
    /**
     * What makes a period count; one event where it is missing.
     */
    goal?: StreakGoal;
    /**
     * Lengths of a run that are celebrated, once in each run.
     */
    milestones?: Array<StreakMilestone>;
    freezes?: StreakFreezes;
    /**
     * A week is paused where four of its days are, at least.
     */
    holidays?: Array<StreakHoliday>;
    /**
     * Players may pause; they may not where it is missing.
     */
    pauses?: StreakPauses;
    /**
     * Players may repair a broken run; they may not where it is missing.
     */
    repair?: StreakRepair;
};

/**
 * Which form of the streak is tried, and on which part of the past.
 */
export type StreakBacktest = {
    /**
     * The first moment of the interval.
     */
    from: Instant;
    /**
     * The end of the interval, which is no part of it: at most 366 days after `from`.
     */
    to: Instant;
    /**
     * The draft that waits to be published; what is tried where nothing else is named.
     */
    draft?: true;
    /**
     * A version that was at work, instead of the draft.
     */
    version?: Version;
    /**
     * The streak itself, saved or not; its id is ignored.
     */
    definition?: StreakCreate;
};

/**
 * What `streak.broken` says.
 */
export type StreakBrokenData = {
    streak: Id;
    /**
     * How long the run was.
     */
    run: number;
};

/**
 * A run ended.
 */
export type StreakBrokenHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'streak.broken';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: StreakBrokenData;
};

/**
 * In what a streak is counted: days, or ISO weeks.
 */
export type StreakCadence = 'day' | 'week';

/**
 * The runs and what became of each day or week that touches the interval, cut to it, the earliest first.
 */
export type StreakCalendar = {
    streak: Id;
    from: CivilDate;
    to: CivilDate;
    runs: Array<StreakRun>;
    spans: Array<StreakSpan>;
};

/**
 * A new streak.
 */
export type StreakCreate = {
    /**
     * Your own id; Laurel makes one where it is missing.
     */
    id?: DefinitionId;
    /**
     * Whether to save it as a draft, which no player sees; it is published where this is missing.
     */
    draft?: boolean;
    name: LocalizedText;
    description?: LocalizedText;
    cadence: StreakCadence;
    zone: DefinitionZone;
    /**
     * Its events make a period count.
     */
    activity: Id;
    /**
     * Only events for which this holds make a period count.
     */
    condition?: Condition;
    /**
     * What makes a period count; one event where it is missing.
     */
    goal?: StreakGoalInput;
    /**
     * Lengths of a run that are celebrated, once in each run.
     */
    milestones?: Array<StreakMilestoneInput>;
    freezes?: StreakFreezesInput;
    /**
     * A week is paused where four of its days are, at least.
     */
    holidays?: Array<StreakHolidayInput>;
    /**
     * Players may pause; they may not where it is missing.
     */
    pauses?: StreakPausesInput;
    /**
     * Players may repair a broken run; they may not where it is missing.
     */
    repair?: StreakRepairInput;
};

/**
 * How an event moved a streak.
 */
export type StreakEffect = {
    streak: Id;
    day: CivilDate;
    /**
     * Periods that count in the run that the day is part of now.
     */
    run: number;
    longest: number;
};

/**
 * What `streak.extended` says.
 */
export type StreakExtendedData = {
    streak: Id;
    /**
     * How long the run is now.
     */
    run: number;
    longest: number;
};

/**
 * A streak grew by a period.
 */
export type StreakExtendedHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'streak.extended';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: StreakExtendedData;
};

/**
 * For which day or week a freeze is used.
 */
export type StreakFreezeUse = {
    /**
     * A day of the period, in the streak's zone.
     */
    day: CivilDate;
};

/**
 * How missed periods can be made up for. Without it, they cannot.
 */
export type StreakFreezes = {
    /**
     * So many can be held at a time.
     */
    most: number;
    /**
     * What a player has from the start.
     */
    initial: number;
    /**
     * Whether a missed period takes one by itself.
     */
    automatic: boolean;
    /**
     * A run earns one each time it has grown by so many periods.
     */
    earnedEvery?: number;
    /**
     * By hand, one can still be used for a period so many before the present one.
     */
    lateBy: number;
    /**
     * What one costs: players may buy them, and may not where it is missing.
     */
    price?: Array<Price>;
};

/**
 * How missed periods can be made up for. Without it, they cannot.
 */
export type StreakFreezesInput = {
    /**
     * So many can be held at a time.
     */
    most: number;
    /**
     * What a player has from the start.
     */
    initial?: number;
    /**
     * Whether a missed period takes one by itself.
     */
    automatic?: boolean;
    /**
     * A run earns one each time it has grown by so many periods.
     */
    earnedEvery?: number;
    /**
     * By hand, one can still be used for a period so many before the present one.
     */
    lateBy?: number;
    /**
     * What one costs: players may buy them, and may not where it is missing.
     */
    price?: Array<PriceInput>;
};

/**
 * What `streak.frozen` says.
 */
export type StreakFrozenData = {
    streak: Id;
    /**
     * How long the run is now.
     */
    run: number;
    day: CivilDate;
    freezesLeft: number;
};

/**
 * A freeze held a run together.
 */
export type StreakFrozenHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'streak.frozen';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: StreakFrozenData;
};

/**
 * What makes a period count: so many events, so much as the sum of their values, or, for weeks, events on so many of the seven days.
 */
export type StreakGoal = {
    kind: 'events';
    target: number;
} | {
    kind: 'value';
    target: PositiveAmount;
} | {
    kind: 'days';
    target: number;
};

/**
 * What makes a period count: so many events, so much as the sum of their values, or, for weeks, events on so many of the seven days.
 */
export type StreakGoalInput = {
    kind: 'events';
    target: number;
} | {
    kind: 'value';
    target: PositiveAmount;
} | {
    kind: 'days';
    target: number;
};

/**
 * Days that neither count nor break a run, both ends included.
 */
export type StreakHoliday = {
    from: CivilDate;
    to: CivilDate;
};

/**
 * Days that neither count nor break a run, both ends included.
 */
export type StreakHolidayInput = {
    from: CivilDate;
    to: CivilDate;
};

/**
 * A length of a run that is celebrated, and rewarded once in each run.
 */
export type StreakMilestone = {
    /**
     * So many periods that count.
     */
    length: number;
    /**
     * What it gives by itself; reward rules may wait for it besides.
     */
    rewards: Array<Reward>;
};

/**
 * What `streak.milestone` says.
 */
export type StreakMilestoneData = {
    streak: Id;
    /**
     * How long the run is now.
     */
    run: number;
    milestone: number;
};

/**
 * A streak reached a milestone.
 */
export type StreakMilestoneHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'streak.milestone';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: StreakMilestoneData;
};

/**
 * A length of a run that is celebrated, and rewarded once in each run.
 */
export type StreakMilestoneInput = {
    /**
     * So many periods that count.
     */
    length: number;
    /**
     * What it gives by itself; reward rules may wait for it besides.
     */
    rewards?: Array<RewardInput>;
};

/**
 * One page of a list.
 */
export type StreakPage = {
    items: Array<Streak>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * Days of the streak's zone that are to neither count nor break the run, both ends included.
 */
export type StreakPause = {
    from: CivilDate;
    to: CivilDate;
};

/**
 * How players may pause.
 */
export type StreakPauses = {
    /**
     * The longest pause, in days.
     */
    mostDays: number;
};

/**
 * How players may pause.
 */
export type StreakPausesInput = {
    /**
     * The longest pause, in days.
     */
    mostDays: number;
};

/**
 * How players may repair a broken run.
 */
export type StreakRepair = {
    /**
     * For so many periods after the missed one.
     */
    within: number;
    /**
     * What it costs; nothing where it is missing.
     */
    price?: Array<Price>;
};

/**
 * How players may repair a broken run.
 */
export type StreakRepairInput = {
    /**
     * For so many periods after the missed one.
     */
    within: number;
    /**
     * What it costs; nothing where it is missing.
     */
    price?: Array<PriceInput>;
};

/**
 * What `streak.repaired` says.
 */
export type StreakRepairedData = {
    streak: Id;
    /**
     * How long the run is now.
     */
    run: number;
};

/**
 * A broken run was restored.
 */
export type StreakRepairedHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'streak.repaired';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: StreakRepairedData;
};

/**
 * How long the latest runs of streaks are.
 */
export type StreakReport = {
    from: CivilDate;
    to: CivilDate;
    /**
     * In which days are told: the zone of the workspace.
     */
    zone: Zone;
    /**
     * Whether the rows tell of everybody who was asked for; false of each part of what comes in parts.
     */
    complete: boolean;
    /**
     * Null where everybody was asked for.
     */
    players: ReportPlayers | null;
    rows: Array<StreakRow>;
    /**
     * Give it as `part` for the next users of a segment, and add up the numbers of rows that are of the same thing; null at the end.
     */
    nextPart: string | null;
};

/**
 * How many players have a latest run of one length that reaches to one day.
 */
export type StreakRow = {
    /**
     * The last day of the run so far, where the player counts days.
     */
    day: CivilDate;
    streak: Id;
    /**
     * How long the run is.
     */
    length: number;
    /**
     * How many players have such a latest run.
     */
    players: number;
};

/**
 * Days or weeks without a missed one, both ends included.
 */
export type StreakRun = {
    from: CivilDate;
    to: CivilDate;
    /**
     * How many of its periods counted: days, or weeks.
     */
    days: number;
};

/**
 * What became of neighbouring days or weeks, both ends included. What is in no span was missed, or is yet to come.
 */
export type StreakSpan = {
    from: CivilDate;
    to: CivilDate;
    /**
     * They counted; freezes were used for them; they are paused; a repair made up for them; or a traveller never had them. Others may be added.
     */
    state: 'counted' | 'frozen' | 'paused' | 'repaired' | 'travelled' | (string & {});
};

/**
 * What a streak becomes.
 */
export type StreakUpdate = {
    /**
     * Whether to save it as a draft, which no player sees; it is published where this is missing.
     */
    draft?: boolean;
    /**
     * What becomes of running progress; `keep` where it is missing.
     */
    running?: Running;
    name: LocalizedText;
    description?: LocalizedText;
    cadence: StreakCadence;
    zone: DefinitionZone;
    /**
     * Its events make a period count.
     */
    activity: Id;
    /**
     * Only events for which this holds make a period count.
     */
    condition?: Condition;
    /**
     * What makes a period count; one event where it is missing.
     */
    goal?: StreakGoalInput;
    /**
     * Lengths of a run that are celebrated, once in each run.
     */
    milestones?: Array<StreakMilestoneInput>;
    freezes?: StreakFreezesInput;
    /**
     * A week is paused where four of its days are, at least.
     */
    holidays?: Array<StreakHolidayInput>;
    /**
     * Players may pause; they may not where it is missing.
     */
    pauses?: StreakPausesInput;
    /**
     * Players may repair a broken run; they may not where it is missing.
     */
    repair?: StreakRepairInput;
};

/**
 * A free label, such as `vip` or, with a namespace, `plan:pro`.
 */
export type Tag = string;

/**
 * Free labels, each once; at most 50.
 */
export type Tags = Array<Tag>;

/**
 * A whole number from 1 on, in CEL, over the same facts as a condition, as they are when the progress starts; where it comes to none, nothing starts.
 */
export type TargetExpression = string;

/**
 * Players who play together.
 */
export type Team = {
    id: Id;
    name: string;
    visibility: TeamVisibility;
    joining: TeamJoining;
    capacity: TeamCapacity;
    /**
     * How many members it has.
     */
    size: number;
    version: Version;
    /**
     * What invites to it.
     */
    joinCode: string;
    createdAt: Instant;
    updatedAt: Instant;
};

/**
 * How many members a team takes at most.
 */
export type TeamCapacity = number;

/**
 * A new team.
 */
export type TeamCreate = {
    /**
     * Your own id; Laurel makes one where it is missing.
     */
    id?: Id;
    name: string;
    visibility?: TeamVisibility;
    joining?: TeamJoining;
    /**
     * The workspace's where it is missing.
     */
    capacity?: TeamCapacity;
};

/**
 * How to join a team.
 */
export type TeamJoin = {
    /**
     * What invites to a private team.
     */
    joinCode?: string;
};

/**
 * What `team.joined` says.
 */
export type TeamJoinedData = {
    team: Id;
};

/**
 * A player joined a team.
 */
export type TeamJoinedHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'team.joined';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: TeamJoinedData;
};

/**
 * Whether a team takes new members.
 */
export type TeamJoining = 'open' | 'closed';

/**
 * What `team.left` says.
 */
export type TeamLeftData = {
    team: Id;
};

/**
 * A player left a team.
 */
export type TeamLeftHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'team.left';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: TeamLeftData;
};

/**
 * A member of a team.
 */
export type TeamMember = {
    id: Id;
    userId: Id;
    role: TeamRole;
    joinedAt: Instant;
};

/**
 * Whom to put into a team.
 */
export type TeamMemberAdd = {
    userId: Id;
    /**
     * Since when; now where it is missing. Not before they last joined or left a team, nor ahead.
     */
    joinedAt?: Instant;
};

/**
 * One page of a list.
 */
export type TeamMemberPage = {
    items: Array<TeamMember>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * A stretch of time that a player was in a team.
 */
export type TeamMembership = {
    team: Id;
    member: Id;
    joinedAt: Instant;
    /**
     * The first moment after it; null while it lasts.
     */
    leftAt: Instant | null;
};

/**
 * One page of a list.
 */
export type TeamMembershipPage = {
    items: Array<TeamMembership>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * One page of a list.
 */
export type TeamPage = {
    items: Array<Team>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * How far a team is in one mission and period.
 */
export type TeamProgress = {
    id: Id;
    team: Id;
    mission: Id;
    /**
     * The version that it started on, and keeps.
     */
    missionVersion: Version;
    period: PeriodKey;
    state: ProgressState;
    /**
     * So far: of the one step, or how many of several steps are reached.
     */
    amount: Amount;
    /**
     * What completes it.
     */
    target: Amount;
    /**
     * The sums of what members gave; they go on beyond the targets.
     */
    steps: Array<ProgressStep>;
    /**
     * When the first event that counts for it occurred.
     */
    startedAt: Instant;
    /**
     * When the latest event that counts for it occurred.
     */
    movedAt: Instant;
    /**
     * The latest moment in what was counted when it was reached for the first time: who was in the team then has completed the mission, whatever is taken back later.
     */
    completedAt: Instant | null;
};

/**
 * One page of a list.
 */
export type TeamProgressPage = {
    items: Array<TeamProgress>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * What one member gave to a progress of their team, by what is known now.
 */
export type TeamProgressShare = {
    userId: Id;
    /**
     * Names the stretch of time in the team; who comes back is another member.
     */
    member: Id;
    /**
     * When that stretch began.
     */
    joinedAt: Instant;
    /**
     * What they gave to each step in it.
     */
    steps: Array<Amount>;
    /**
     * When the first of it occurred.
     */
    startedAt: Instant;
    /**
     * When the latest of it occurred.
     */
    movedAt: Instant;
};

/**
 * One page of a list.
 */
export type TeamProgressSharePage = {
    items: Array<TeamProgressShare>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * A captain may change the team, remove members and make captains. A team with members has a captain.
 */
export type TeamRole = 'captain' | 'member';

/**
 * What a member is to be.
 */
export type TeamRoleChange = {
    role: TeamRole;
};

/**
 * What players may do with teams.
 */
export type TeamSettings = {
    /**
     * Whether a player's own client may make teams; otherwise only backends.
     */
    playersMayCreate: boolean;
    /**
     * The capacity of teams that name none.
     */
    capacity: TeamCapacity;
};

/**
 * What players may do with teams.
 */
export type TeamSettingsInput = {
    /**
     * Whether a player's own client may make teams; otherwise only backends.
     */
    playersMayCreate?: boolean;
    /**
     * The capacity of teams that name none.
     */
    capacity?: TeamCapacity;
};

/**
 * My part in what my team does for a mission.
 */
export type TeamShare = {
    /**
     * The team that I am in.
     */
    team: Id;
    /**
     * What I gave to each step while I was in it, in the current period.
     */
    steps: Array<Amount>;
};

/**
 * What to change of a team; what is missing stays.
 */
export type TeamUpdate = {
    name?: string;
    visibility?: TeamVisibility;
    joining?: TeamJoining;
    capacity?: TeamCapacity;
};

/**
 * Everybody finds a `public` team; a `private` one is there for its members, and for who has its code.
 */
export type TeamVisibility = 'public' | 'private';

/**
 * A customer organisation.
 */
export type Tenant = {
    slug: Slug;
    name: string;
    status: TenantStatus;
    cell: string;
    createdAt: Instant;
};

/**
 * A new tenant.
 */
export type TenantCreate = {
    slug: Slug;
    name: string;
    /**
     * The plan that it is on; the standard one where it is missing.
     */
    plan?: Slug;
    /**
     * Who owns it: a first workspace is opened, and they are invited into it by e-mail. Without one it is empty.
     */
    owner?: TenantOwner;
};

/**
 * The first owner of a tenant, and the workspace that they are invited into.
 */
export type TenantOwner = {
    email: Email;
    workspace: WorkspaceCreate;
};

/**
 * One page of a list.
 */
export type TenantPage = {
    items: Array<Tenant>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * The plan of a tenant, and how much of it is in use.
 */
export type TenantPlan = {
    tenant: Slug;
    /**
     * The name of a plan.
     */
    plan: Slug;
    overrides: PlanOverrides;
    /**
     * What holds: the plan, and what differs from it.
     */
    limits: PlanLimits;
    used: PlanUse;
    version: Version;
};

/**
 * Which plan, and what differs from it; it replaces all that differed before.
 */
export type TenantPlanChange = {
    /**
     * The name of a plan.
     */
    plan: Slug;
    overrides?: PlanOverridesInput;
};

/**
 * A suspended tenant's callers are refused within 60 seconds.
 */
export type TenantStatus = 'active' | 'suspended';

/**
 * `each`: players with equal ranks all get the prize of that rank. `split`: players with equal scores share the prizes of all the places that they take, badges and items one by one; what cannot be divided goes to those who were there first.
 */
export type TiedPrizes = 'each' | 'split';

/**
 * How equal scores rank: 1-2-2-4, 1-2-2-3, or 1-2-3-4 by who reached the score first, then by id.
 */
export type TiesRule = 'competition' | 'dense' | 'ordinal';

/**
 * A time of day, `HH:MM`.
 */
export type TimeOfDay = string;

/**
 * An amount that a player gave to another.
 */
export type Transfer = {
    id: Id;
    /**
     * Who has it now.
     */
    to: Id;
    currency: Id;
    amount: Amount;
    note: string;
    createdAt: Instant;
};

/**
 * An amount that a player gives to another of the workspace.
 */
export type TransferCreate = {
    /**
     * To whom: by `userId` or by `externalUserId`.
     */
    userId?: Id;
    externalUserId?: Id;
    currency: Id;
    amount: PositiveAmount;
    note?: string;
};

/**
 * Somebody who plays in one workspace.
 */
export type User = {
    id: Id;
    externalId: Id | null;
    /**
     * Shown to others; null shows a made-up name.
     */
    displayName: string | null;
    /**
     * Null takes the workspace's.
     */
    language: Language | null;
    /**
     * Null takes the workspace's.
     */
    zone: Zone | null;
    visibility: Visibility;
    attributes: UserAttributes;
    tags: Tags;
    consents: UserConsents;
    status: UserStatus;
    version: Version;
    createdAt: Instant;
    updatedAt: Instant;
};

/**
 * What an attribute of a user must be.
 */
export type UserAttributeDeclaration = {
    /**
     * `integer` is a whole number, `number` any.
     */
    type: 'string' | 'integer' | 'number' | 'boolean';
    /**
     * Whether users are created with it and keep it; false where it is missing.
     */
    required?: boolean;
    /**
     * What players may do with their own; `nothing` where it is missing.
     */
    playersMay?: 'nothing' | 'read' | 'write';
};

/**
 * What an attribute of a user must be.
 */
export type UserAttributeDeclarationInput = {
    /**
     * `integer` is a whole number, `number` any.
     */
    type: 'string' | 'integer' | 'number' | 'boolean';
    /**
     * Whether users are created with it and keep it; false where it is missing.
     */
    required?: boolean;
    /**
     * What players may do with their own; `nothing` where it is missing.
     */
    playersMay?: 'nothing' | 'read' | 'write';
};

/**
 * The attributes that users may have, by name; others are refused.
 */
export type UserAttributeDeclarations = {
    [key: string]: UserAttributeDeclaration;
};

/**
 * The attributes that users may have, by name; others are refused.
 */
export type UserAttributeDeclarationsInput = {
    [key: string]: UserAttributeDeclarationInput;
};

/**
 * Facts about a user, by name.
 */
export type UserAttributes = {
    [key: string]: string | number | boolean;
};

/**
 * Attributes to set, by name; null takes one away, and what is missing stays.
 */
export type UserAttributesChange = {
    [key: string]: string | number | boolean | null;
};

/**
 * One of many things that a user did.
 */
export type UserBatchEvent = {
    /**
     * Your own id makes the event count exactly once, however often it is sent. Laurel makes one where it is missing.
     */
    id?: Id;
    activity: Id;
    /**
     * When it happened; now where it is missing. At most five minutes ahead, any time back.
     */
    occurredAt?: Instant;
    /**
     * How much of it; 1 where it is missing.
     */
    value?: number;
    attributes?: Attributes;
    userId?: Id;
    /**
     * Your own id of the user; instead of `userId`.
     */
    externalUserId?: Id;
};

/**
 * The answer to one user of a batch.
 */
export type UserBatchItem = {
    status: 'created';
    user: User;
} | {
    status: 'rejected';
    problem: Problem;
};

/**
 * The answers to a batch of users, in its order.
 */
export type UserBatchReceipt = {
    created: number;
    rejected: number;
    items: Array<UserBatchItem>;
};

/**
 * True or false, in CEL, over `user` alone: `id`, `language`, `zone`, `attributes` as the workspace declares them, and `tags`, a list.
 */
export type UserCondition = string;

/**
 * What the user has decided, by purpose.
 */
export type UserConsents = {
    [key in PurposeId]?: ConsentDecision;
};

/**
 * A new user; no e-mail needed.
 */
export type UserCreate = {
    /**
     * Never a name: it outlives an erasure. Give your own as `externalId`.
     */
    id?: Id;
    /**
     * Your own id of the user, unique in the workspace.
     */
    externalId?: Id;
    /**
     * Shown to others; null shows a made-up name.
     */
    displayName?: string | null;
    /**
     * Null takes the workspace's.
     */
    language?: Language | null;
    /**
     * Null takes the workspace's.
     */
    zone?: Zone | null;
    visibility?: Visibility;
    /**
     * Typed by the workspace's `userAttributes`.
     */
    attributes?: UserAttributes;
    tags?: Tags;
};

/**
 * Up to 100 new users; one bad item does not fail the rest.
 */
export type UserCreateBatch = {
    users: Array<UserCreate>;
};

/**
 * What `user.created` says.
 */
export type UserCreatedData = {
    version: number;
};

/**
 * A user was created.
 */
export type UserCreatedHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'user.created';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: UserCreatedData;
};

/**
 * What `user.erased` says.
 */
export type UserErasedData = {
    requestId: Id;
};

/**
 * A user was erased: forget them too.
 */
export type UserErasedHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'user.erased';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: UserErasedData;
};

/**
 * Something that a user did.
 */
export type UserEventTrack = {
    /**
     * Your own id makes the event count exactly once, however often it is sent. Laurel makes one where it is missing.
     */
    id?: Id;
    activity: Id;
    /**
     * When it happened; now where it is missing. At most five minutes ahead, any time back.
     */
    occurredAt?: Instant;
    /**
     * How much of it; 1 where it is missing.
     */
    value?: number;
    attributes?: Attributes;
    userId?: Id;
    /**
     * Your own id of the user; instead of `userId`.
     */
    externalUserId?: Id;
    /**
     * True: answer with the effects, and store nothing.
     */
    dryRun?: boolean;
};

/**
 * Up to 500 events, ordered for each player; one bad item does not fail the rest.
 */
export type UserEventTrackBatch = {
    events: Array<UserBatchEvent>;
    /**
     * True: answer with the effects, and store nothing.
     */
    dryRun?: boolean;
};

/**
 * One page of a list.
 */
export type UserPage = {
    items: Array<User>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * New and active users, by day.
 */
export type UserReport = {
    from: CivilDate;
    to: CivilDate;
    /**
     * In which days are told: the zone of the workspace.
     */
    zone: Zone;
    /**
     * Whether the rows tell of everybody who was asked for; false of each part of what comes in parts.
     */
    complete: boolean;
    /**
     * Null where everybody was asked for.
     */
    players: ReportPlayers | null;
    rows: Array<UserRow>;
    /**
     * Give it as `part` for the next users of a segment, and add up the numbers of rows that are of the same thing; null at the end.
     */
    nextPart: string | null;
};

/**
 * How many users came to be on one day, and were active.
 */
export type UserRow = {
    /**
     * The day on which it happened, whenever it was reported.
     */
    day: CivilDate;
    /**
     * Users who were created.
     */
    created: number;
    /**
     * Players with an event on that day.
     */
    active: number;
};

/**
 * A suspended user can neither call nor earn. Of a restricted one nothing is processed, as they or the law asked.
 */
export type UserStatus = 'active' | 'suspended' | 'restricted';

/**
 * All tags of a user.
 */
export type UserTagList = {
    userId: Id;
    tags: Tags;
    /**
     * The user's.
     */
    version: Version;
};

/**
 * All tags of a user.
 */
export type UserTags = {
    tags: Tags;
};

/**
 * What to change of a user; what is missing stays.
 */
export type UserUpdate = {
    /**
     * Shown to others; null shows a made-up name.
     */
    displayName?: string | null;
    /**
     * Null takes the workspace's.
     */
    language?: Language | null;
    /**
     * Null takes the workspace's.
     */
    zone?: Zone | null;
    visibility?: Visibility;
    status?: 'active' | 'suspended';
    attributes?: UserAttributesChange;
    /**
     * All tags anew.
     */
    tags?: Tags;
};

/**
 * What `user.updated` says.
 */
export type UserUpdatedData = {
    version: number;
};

/**
 * A user's profile was changed.
 */
export type UserUpdatedHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'user.updated';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: UserUpdatedData;
};

/**
 * Counts up from 1 with each change.
 */
export type Version = number;

/**
 * On boards, to other players: by name, by a made-up name, or not at all. Whoever is hidden keeps the rank, and sees it.
 */
export type Visibility = 'public' | 'anonymous' | 'hidden';

/**
 * What voiding an event undid. Voiding twice is one void.
 */
export type VoidReceipt = {
    event: Event;
    note: string;
    /**
     * Who voided it first.
     */
    by: string;
    /**
     * Movements in the player's wallets that the void made.
     */
    ledger: Array<LedgerEntry>;
};

/**
 * What a player has of one currency.
 */
export type Wallet = {
    currency: Id;
    /**
     * What can be spent now; never below 0.
     */
    available: Amount;
    /**
     * What is set aside for something that is not settled yet.
     */
    held: Amount;
    /**
     * What was earned and has to be claimed first.
     */
    pending: Amount;
    /**
     * What was taken back after it had been spent. What comes in next settles it first.
     */
    owed: Amount;
};

/**
 * What `wallet.changed` says.
 */
export type WalletChangedData = {
    currency: Id;
    change: Amount;
    /**
     * What can be spent now.
     */
    available: Amount;
};

/**
 * A wallet holds another amount.
 */
export type WalletChangedHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'wallet.changed';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: WalletChangedData;
};

/**
 * One page of a list.
 */
export type WalletPage = {
    items: Array<Wallet>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * Somebody who wants to hear what happens.
 */
export type Webhook = {
    id: Id;
    status: DefinitionStatus;
    /**
     * Counts up with each change of what is at work; of a draft, the version that it will be.
     */
    version: Version;
    /**
     * Counts up with each change, drafts included; it is the ETag.
     */
    revision: Version;
    /**
     * Whether there is a draft that waits to be published.
     */
    draft: boolean;
    createdAt: Instant;
    /**
     * When this version was saved.
     */
    updatedAt: Instant;
    /**
     * Who saved this version.
     */
    author: string;
    /**
     * When this version came to work; null for a draft.
     */
    publishedAt: Instant | null;
    /**
     * What this version makes of running progress.
     */
    running: Running;
    /**
     * The version of the workspace’s ruleset from which this version is at work; null for a draft.
     */
    ruleset: number | null;
    url: string;
    types: Array<string> | null;
    description?: string;
    /**
     * How its deliveries go now; missing of drafts and of old versions, which have none.
     */
    delivery?: WebhookHealth;
};

/**
 * Somebody who wants to hear what happens.
 */
export type WebhookCreate = {
    /**
     * An id of a definition: 1 to 100 of letters, digits and `_ . : -`.
     */
    id?: DefinitionId;
    /**
     * Whether to save it as a draft, which no player sees; it is published where this is missing.
     */
    draft?: boolean;
    url: WebhookUrl;
    /**
     * Which happenings to tell of; null for all, those of later versions included.
     */
    types?: Array<HappeningTypeName> | null;
    description?: string;
};

/**
 * One happening on its way to one webhook.
 */
export type WebhookDelivery = {
    id: Id;
    webhookId: Id;
    status: DeliveryStatus;
    /**
     * The latest 30, oldest first.
     */
    attempts: Array<DeliveryAttempt>;
    /**
     * When the next one is due; null if there is none.
     */
    nextAttemptAt: Instant | null;
    createdAt: Instant;
    happening: Happening;
};

/**
 * One page of a list.
 */
export type WebhookDeliveryPage = {
    items: Array<WebhookDelivery>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * What `webhook.disabled` says.
 */
export type WebhookDisabledData = {
    webhookId: Id;
    failingSince: Instant;
};

/**
 * A webhook was disabled, since its deliveries kept failing.
 */
export type WebhookDisabledHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'webhook.disabled';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: WebhookDisabledData;
};

/**
 * How the deliveries of a webhook go.
 */
export type WebhookHealth = {
    /**
     * `paused`: it is told of nothing, and what it misses can be replayed. `disabled`: Laurel gave up, since deliveries had failed for days. `resume` makes it active.
     */
    state: 'active' | 'paused' | 'disabled';
    /**
     * Since when no delivery has worked; null while all is well.
     */
    failingSince: Instant | null;
    disabledAt: Instant | null;
    /**
     * When its secret was shown; null where nobody has seen it, since `config.apply` made the webhook: `rotateSecret` shows another.
     */
    secretShownAt: Instant | null;
    /**
     * Until when deliveries are signed with the secret before this one as well.
     */
    formerSecretUntil: Instant | null;
};

/**
 * One page of a list.
 */
export type WebhookPage = {
    items: Array<Webhook>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * What to tell a webhook again: all that was recorded from one time to another, both included.
 */
export type WebhookReplay = {
    webhookId: Id;
    from: Instant;
    to: Instant;
    /**
     * Which happenings to tell of; null for all, those of later versions included.
     */
    types?: Array<HappeningTypeName> | null;
};

/**
 * What a replay has set in motion.
 */
export type WebhookReplayed = {
    /**
     * Deliveries that are due now.
     */
    queued: number;
    /**
     * There is more: replay again from here. Null when all is queued.
     */
    continueFrom: Instant | null;
};

/**
 * How a new secret takes the place of the present one.
 */
export type WebhookRotation = {
    /**
     * For how long deliveries are signed with both.
     */
    overlapHours?: number;
};

/**
 * What `webhook.test` says.
 */
export type WebhookTestData = {
    webhookId: Id;
};

/**
 * Nothing happened: somebody tries a webhook.
 */
export type WebhookTestHappening = {
    /**
     * The same each time this is told: tell repeats by it.
     */
    id: Id;
    type: 'webhook.test';
    /**
     * When it happened, in the time of the game.
     */
    occurredAt: Instant;
    /**
     * The workspace's slug.
     */
    workspace: string;
    /**
     * Whom it is about; null where it is about nobody alone.
     */
    userId: Id | null;
    data: WebhookTestData;
};

/**
 * What a webhook becomes.
 */
export type WebhookUpdate = {
    /**
     * Whether to save it as a draft, which no player sees; it is published where this is missing.
     */
    draft?: boolean;
    /**
     * What becomes of running progress; `keep` where it is missing.
     */
    running?: Running;
    url: WebhookUrl;
    /**
     * Which happenings to tell of; null for all, those of later versions included.
     */
    types?: Array<HappeningTypeName> | null;
    description?: string;
};

/**
 * An https URL on port 443 without a user name. What leads to a private, loopback or link-local address is refused, here and at each delivery.
 */
export type WebhookUrl = string;

/**
 * A webhook with a new secret, which is shown this once.
 */
export type WebhookWithSecret = {
    webhook: Webhook;
    /**
     * What its deliveries are signed with, by Standard Webhooks. Shown this once: store it.
     */
    secret: string;
};

/**
 * Something that was promised and not given, and why.
 */
export type WithheldReward = {
    /**
     * The reward rule that matched and gave nothing; missing where something else promised it.
     */
    rule?: Id;
    /**
     * What promised it, where that is no rule: of all that it gives, this alone is withheld.
     */
    source?: RewardSource;
    why: ReasonCode;
};

/**
 * An isolated environment inside a tenant.
 */
export type Workspace = {
    slug: Slug;
    tenant: Slug;
    name: string;
    status: WorkspaceStatus;
    zone: Zone;
    language: Language;
    createsUnknownUsers: boolean;
    userAttributes: UserAttributeDeclarations | null;
    teams: TeamSettings;
    privacy: PrivacySettings;
    /**
     * The origins whose pages may call this workspace from a browser; null lets pages of any origin. Programs that are no browser are not kept out by it.
     */
    allowedOrigins: Array<Origin> | null;
    version: Version;
    production: boolean;
    createdAt: Instant;
    updatedAt: Instant;
};

/**
 * A new workspace after another one.
 */
export type WorkspaceClone = {
    slug: Slug;
    name: string;
    /**
     * Marks what is played for real: such a workspace never has a test clock.
     */
    production?: boolean;
    /**
     * Whose time the workspace lives by.
     */
    clock?: ClockKind;
};

/**
 * A new workspace.
 */
export type WorkspaceCreate = {
    slug: Slug;
    name: string;
    /**
     * Marks what is played for real: such a workspace never has a test clock.
     */
    production?: boolean;
    /**
     * For users without a zone of their own.
     */
    zone?: Zone;
    /**
     * For users without a language of their own.
     */
    language?: Language;
    /**
     * Whether an event of an unknown external user creates that user.
     */
    createsUnknownUsers?: boolean;
    /**
     * What attributes users may have; null lets them have any.
     */
    userAttributes?: UserAttributeDeclarationsInput | null;
    teams?: TeamSettingsInput;
    privacy?: PrivacySettingsInput;
    /**
     * The origins whose pages may call this workspace from a browser; null lets pages of any origin. Programs that are no browser are not kept out by it.
     */
    allowedOrigins?: Array<Origin> | null;
    /**
     * Whose time the workspace lives by.
     */
    clock?: ClockKind;
};

/**
 * Whom to invite into a workspace, as what.
 */
export type WorkspaceInvitationCreate = {
    email: Email;
    role: RoleId;
    /**
     * For how many seconds of real time it can be accepted, at most 30 days.
     */
    expiresIn?: number;
    /**
     * Whether it is sent by e-mail; if not, its token is in the answer, this once.
     */
    send?: boolean;
};

/**
 * One page of a list.
 */
export type WorkspacePage = {
    items: Array<Workspace>;
    /**
     * Give it as `cursor` to read on; null at the end.
     */
    nextCursor: string | null;
};

/**
 * Callers of a workspace that is suspended or archived are refused within 60 seconds; nothing is lost. One that is archived counts for no limit.
 */
export type WorkspaceStatus = 'active' | 'suspended' | 'archived';

/**
 * What to change of a workspace; what is missing stays, what is given replaces all of it.
 */
export type WorkspaceUpdate = {
    name?: string;
    zone?: Zone;
    language?: Language;
    createsUnknownUsers?: boolean;
    userAttributes?: UserAttributeDeclarationsInput | null;
    teams?: TeamSettingsInput;
    privacy?: PrivacySettingsInput;
    /**
     * The origins whose pages may call this workspace from a browser; null lets pages of any origin. Programs that are no browser are not kept out by it.
     */
    allowedOrigins?: Array<Origin> | null;
};

/**
 * An IANA time zone.
 */
export type Zone = string;

/**
 * What `activities.list` of the app API can be asked for.
 */
export type AppActivitiesListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `events.list` of the app API can be asked for.
 */
export type AppEventsListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * An id: 1 to 128 of letters, digits and `_ . : -`.
     */
    activity?: Id;
};

/**
 * What `missions.list` of the app API can be asked for.
 */
export type AppMissionsListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `progress.list` of the app API can be asked for.
 */
export type AppProgressListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * An id: 1 to 128 of letters, digits and `_ . : -`.
     */
    mission?: Id;
    /**
     * A period: `2026-11-24`, `2026-W48`, `2026-11`; `2026-11-24T09:00Z` for one that began then by cron; or `all`. A mission that is completed again in its period adds `.2`, `.3` and so on.
     */
    period?: PeriodKey;
    /**
     * Open, reached, its period over before it was reached, or given up.
     */
    state?: ProgressState;
};

/**
 * What `progress.log` of the app API can be asked for.
 */
export type AppProgressLogQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `rewards.list` of the app API can be asked for.
 */
export type AppRewardsListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * Only those in this state.
     */
    state?: RewardState;
    /**
     * Only those of this kind.
     */
    kind?: 'currency' | 'badge' | 'experience' | 'streakFreeze' | 'item';
};

/**
 * What `wallets.list` of the app API can be asked for.
 */
export type AppWalletsListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `wallets.entries` of the app API can be asked for.
 */
export type AppWalletsEntriesQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `catalog.list` of the app API can be asked for.
 */
export type AppCatalogListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `redemptions.list` of the app API can be asked for.
 */
export type AppRedemptionsListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * `held` waits, with its price set aside; `fulfilled` is paid; the others gave the price back.
     */
    state?: RedemptionState;
    /**
     * An id: 1 to 128 of letters, digits and `_ . : -`.
     */
    item?: Id;
};

/**
 * What `streaks.list` of the app API can be asked for.
 */
export type AppStreaksListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `streaks.calendar` of the app API can be asked for.
 */
export type AppStreaksCalendarQuery = {
    /**
     * A calendar date, `YYYY-MM-DD`.
     */
    from: CivilDate;
    /**
     * A calendar date, `YYYY-MM-DD`.
     */
    to: CivilDate;
};

/**
 * What `leaderboards.list` of the app API can be asked for.
 */
export type AppLeaderboardsListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `leaderboards.entries` of the app API can be asked for.
 */
export type AppLeaderboardsEntriesQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * The current one where it is missing.
     */
    period?: PeriodKey;
    /**
     * `me`: the `limit` lines with me in the middle.
     */
    around?: 'me';
    /**
     * Just the lines of these users, up to 100 ids with commas between: one page. Those who are shown by no name are left out.
     */
    users?: string;
    /**
     * On boards of teams: just the lines of these teams, up to 100 ids with commas between: one page.
     */
    teams?: string;
};

/**
 * What `leaderboards.rank` of the app API can be asked for.
 */
export type AppLeaderboardsRankQuery = {
    /**
     * A period: `2026-11-24`, `2026-W48`, `2026-11`; `2026-11-24T09:00Z` for one that began then by cron; or `all`. A mission that is completed again in its period adds `.2`, `.3` and so on.
     */
    period?: PeriodKey;
};

/**
 * What `leagues.list` of the app API can be asked for.
 */
export type AppLeaguesListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `leagues.cohort` of the app API can be asked for.
 */
export type AppLeaguesCohortQuery = {
    /**
     * The current week where it is missing.
     */
    period?: PeriodKey;
};

/**
 * What `teams.list` of the app API can be asked for.
 */
export type AppTeamsListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * `true`: the team that I am in, if any.
     */
    mine?: 'true';
};

/**
 * What `teams.members` of the app API can be asked for.
 */
export type AppTeamsMembersQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `badges.list` of the app API can be asked for.
 */
export type AppBadgesListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * `earned` have reached their first tier; `locked` have not.
     */
    state?: PlayerBadgeState;
};

/**
 * What `levels.list` of the app API can be asked for.
 */
export type AppLevelsListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `privacy.consents` of the app API can be asked for.
 */
export type AppPrivacyConsentsQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `activities.list` of the dashboard API can be asked for.
 */
export type DashboardActivitiesListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * `draft` was never published; `published` is at work; `archived` starts nothing new.
     */
    status?: DefinitionStatus;
};

/**
 * What `activities.listVersions` of the dashboard API can be asked for.
 */
export type DashboardActivitiesListVersionsQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `missions.list` of the dashboard API can be asked for.
 */
export type DashboardMissionsListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * `draft` was never published; `published` is at work; `archived` starts nothing new.
     */
    status?: DefinitionStatus;
};

/**
 * What `missions.listVersions` of the dashboard API can be asked for.
 */
export type DashboardMissionsListVersionsQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `missions.backtest` of the dashboard API can be asked for.
 */
export type DashboardMissionsBacktestQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the call before; it fits this back-test only.
     */
    cursor?: string;
};

/**
 * What `progress.log` of the dashboard API can be asked for.
 */
export type DashboardProgressLogQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `rewardRules.list` of the dashboard API can be asked for.
 */
export type DashboardRewardRulesListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * `draft` was never published; `published` is at work; `archived` starts nothing new.
     */
    status?: DefinitionStatus;
};

/**
 * What `rewardRules.listVersions` of the dashboard API can be asked for.
 */
export type DashboardRewardRulesListVersionsQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `rewardRules.backtest` of the dashboard API can be asked for.
 */
export type DashboardRewardRulesBacktestQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the call before; it fits this back-test only.
     */
    cursor?: string;
};

/**
 * What `currencies.list` of the dashboard API can be asked for.
 */
export type DashboardCurrenciesListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * `draft` was never published; `published` is at work; `archived` starts nothing new.
     */
    status?: DefinitionStatus;
};

/**
 * What `currencies.listVersions` of the dashboard API can be asked for.
 */
export type DashboardCurrenciesListVersionsQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `streaks.list` of the dashboard API can be asked for.
 */
export type DashboardStreaksListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * `draft` was never published; `published` is at work; `archived` starts nothing new.
     */
    status?: DefinitionStatus;
};

/**
 * What `streaks.listVersions` of the dashboard API can be asked for.
 */
export type DashboardStreaksListVersionsQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `streaks.backtest` of the dashboard API can be asked for.
 */
export type DashboardStreaksBacktestQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the call before; it fits this back-test only.
     */
    cursor?: string;
};

/**
 * What `leaderboards.list` of the dashboard API can be asked for.
 */
export type DashboardLeaderboardsListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * `draft` was never published; `published` is at work; `archived` starts nothing new.
     */
    status?: DefinitionStatus;
};

/**
 * What `leaderboards.listVersions` of the dashboard API can be asked for.
 */
export type DashboardLeaderboardsListVersionsQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `leaderboards.entries` of the dashboard API can be asked for.
 */
export type DashboardLeaderboardsEntriesQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * The current one where it is missing.
     */
    period?: PeriodKey;
    /**
     * Just the lines of these users, up to 100 ids with commas between: one page.
     */
    users?: string;
    /**
     * On boards of teams: just the lines of these teams, up to 100 ids with commas between: one page.
     */
    teams?: string;
    /**
     * On boards of players: just the lines of those who are in this segment now. A page may be short, or empty, and still have a `nextCursor`.
     */
    segment?: Id;
};

/**
 * What `leaderboards.periods` of the dashboard API can be asked for.
 */
export type DashboardLeaderboardsPeriodsQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `leagues.list` of the dashboard API can be asked for.
 */
export type DashboardLeaguesListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * `draft` was never published; `published` is at work; `archived` starts nothing new.
     */
    status?: DefinitionStatus;
};

/**
 * What `leagues.listVersions` of the dashboard API can be asked for.
 */
export type DashboardLeaguesListVersionsQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `leagues.members` of the dashboard API can be asked for.
 */
export type DashboardLeaguesMembersQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * The current week where it is missing.
     */
    period?: PeriodKey;
};

/**
 * What `badges.list` of the dashboard API can be asked for.
 */
export type DashboardBadgesListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * `draft` was never published; `published` is at work; `archived` starts nothing new.
     */
    status?: DefinitionStatus;
};

/**
 * What `badges.listVersions` of the dashboard API can be asked for.
 */
export type DashboardBadgesListVersionsQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `levelTracks.list` of the dashboard API can be asked for.
 */
export type DashboardLevelTracksListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * `draft` was never published; `published` is at work; `archived` starts nothing new.
     */
    status?: DefinitionStatus;
};

/**
 * What `levelTracks.listVersions` of the dashboard API can be asked for.
 */
export type DashboardLevelTracksListVersionsQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `users.list` of the dashboard API can be asked for.
 */
export type DashboardUsersListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * A suspended user can neither call nor earn. Of a restricted one nothing is processed, as they or the law asked.
     */
    status?: UserStatus;
    /**
     * Those with this tag.
     */
    tag?: Tag;
    /**
     * Those with this value of an attribute: `plan:pro`.
     */
    attribute?: string;
};

/**
 * What `users.teams` of the dashboard API can be asked for.
 */
export type DashboardUsersTeamsQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * The one team at this moment alone.
     */
    at?: Instant;
};

/**
 * What `users.events` of the dashboard API can be asked for.
 */
export type DashboardUsersEventsQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * An id: 1 to 128 of letters, digits and `_ . : -`.
     */
    activity?: Id;
};

/**
 * What `users.progress` of the dashboard API can be asked for.
 */
export type DashboardUsersProgressQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * An id: 1 to 128 of letters, digits and `_ . : -`.
     */
    mission?: Id;
    /**
     * A period: `2026-11-24`, `2026-W48`, `2026-11`; `2026-11-24T09:00Z` for one that began then by cron; or `all`. A mission that is completed again in its period adds `.2`, `.3` and so on.
     */
    period?: PeriodKey;
    /**
     * Open, reached, its period over before it was reached, or given up.
     */
    state?: ProgressState;
};

/**
 * What `users.wallets` of the dashboard API can be asked for.
 */
export type DashboardUsersWalletsQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `users.redemptions` of the dashboard API can be asked for.
 */
export type DashboardUsersRedemptionsQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * An id: 1 to 128 of letters, digits and `_ . : -`.
     */
    item?: Id;
    /**
     * `held` waits, with its price set aside; `fulfilled` is paid; the others gave the price back.
     */
    state?: RedemptionState;
};

/**
 * What `playerStreaks.list` of the dashboard API can be asked for.
 */
export type DashboardPlayerStreaksListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `badgeAwards.list` of the dashboard API can be asked for.
 */
export type DashboardBadgeAwardsListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `events.list` of the dashboard API can be asked for.
 */
export type DashboardEventsListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * An id: 1 to 128 of letters, digits and `_ . : -`.
     */
    userId?: Id;
    /**
     * An id: 1 to 128 of letters, digits and `_ . : -`.
     */
    activity?: Id;
    /**
     * Occurred then or later.
     */
    from?: Instant;
    /**
     * Occurred before then.
     */
    to?: Instant;
    /**
     * What has become of it: it counts, it is over a limit, or it was taken back.
     */
    state?: 'counted' | 'limited' | 'voided';
};

/**
 * What `ledger.list` of the dashboard API can be asked for.
 */
export type DashboardLedgerListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * Those with a leg on the wallet of this player.
     */
    userId?: Id;
    /**
     * Those of this kind.
     */
    kind?: string;
};

/**
 * What `ledger.statement` of the dashboard API can be asked for.
 */
export type DashboardLedgerStatementQuery = {
    /**
     * The account: `user:{id}` is a wallet, `held:{id}` and `owed:{id}` go with it; `system:{name}`.
     */
    account: string;
    /**
     * An id: 1 to 128 of letters, digits and `_ . : -`.
     */
    currency: Id;
    /**
     * What was posted at this moment or later.
     */
    from?: Instant;
    /**
     * What was posted before this moment.
     */
    to?: Instant;
};

/**
 * What `ledger.proof` of the dashboard API can be asked for.
 */
export type DashboardLedgerProofQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `catalogItems.list` of the dashboard API can be asked for.
 */
export type DashboardCatalogItemsListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * `draft` was never published; `published` is at work; `archived` starts nothing new.
     */
    status?: DefinitionStatus;
};

/**
 * What `catalogItems.listVersions` of the dashboard API can be asked for.
 */
export type DashboardCatalogItemsListVersionsQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `redemptions.list` of the dashboard API can be asked for.
 */
export type DashboardRedemptionsListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * An id: 1 to 128 of letters, digits and `_ . : -`.
     */
    userId?: Id;
    /**
     * An id: 1 to 128 of letters, digits and `_ . : -`.
     */
    item?: Id;
    /**
     * `held` waits, with its price set aside; `fulfilled` is paid; the others gave the price back.
     */
    state?: RedemptionState;
};

/**
 * What `config.export` of the dashboard API can be asked for.
 */
export type DashboardConfigExportQuery = {
    /**
     * Which parts to export, separated by commas; all where it is missing.
     */
    parts?: string;
};

/**
 * What `apiClients.list` of the dashboard API can be asked for.
 */
export type DashboardApiClientsListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `segments.list` of the dashboard API can be asked for.
 */
export type DashboardSegmentsListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * `draft` was never published; `published` is at work; `archived` starts nothing new.
     */
    status?: DefinitionStatus;
};

/**
 * What `segments.listVersions` of the dashboard API can be asked for.
 */
export type DashboardSegmentsListVersionsQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `segments.members` of the dashboard API can be asked for.
 */
export type DashboardSegmentsMembersQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `teams.list` of the dashboard API can be asked for.
 */
export type DashboardTeamsListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `teams.members` of the dashboard API can be asked for.
 */
export type DashboardTeamsMembersQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `teams.progress` of the dashboard API can be asked for.
 */
export type DashboardTeamsProgressQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * An id: 1 to 128 of letters, digits and `_ . : -`.
     */
    mission?: Id;
    /**
     * A period: `2026-11-24`, `2026-W48`, `2026-11`; `2026-11-24T09:00Z` for one that began then by cron; or `all`. A mission that is completed again in its period adds `.2`, `.3` and so on.
     */
    period?: PeriodKey;
    /**
     * Open, reached, its period over before it was reached, or given up.
     */
    state?: ProgressState;
};

/**
 * What `teams.shares` of the dashboard API can be asked for.
 */
export type DashboardTeamsSharesQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `teams.shareLog` of the dashboard API can be asked for.
 */
export type DashboardTeamsShareLogQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `analytics.overview` of the dashboard API can be asked for.
 */
export type DashboardAnalyticsOverviewQuery = {
    /**
     * The first day, in the zone of the workspace.
     */
    from: CivilDate;
    /**
     * The last day: at most 366 days in all.
     */
    to: CivilDate;
    /**
     * Only players who are in this segment now. One answer looks at up to 1,000 users, and tells of the members among them: read on while there is a `nextPart`, and add up.
     */
    segment?: Id;
    /**
     * `nextPart` of the answer before; it fits this report, these days and this segment only.
     */
    part?: string;
};

/**
 * What `analytics.missions` of the dashboard API can be asked for.
 */
export type DashboardAnalyticsMissionsQuery = {
    /**
     * The first day, in the zone of the workspace.
     */
    from: CivilDate;
    /**
     * The last day: at most 366 days in all.
     */
    to: CivilDate;
    /**
     * Only players who are in this segment now. One answer looks at up to 1,000 users, and tells of the members among them: read on while there is a `nextPart`, and add up.
     */
    segment?: Id;
    /**
     * `nextPart` of the answer before; it fits this report, these days and this segment only.
     */
    part?: string;
};

/**
 * What `analytics.funnels` of the dashboard API can be asked for.
 */
export type DashboardAnalyticsFunnelsQuery = {
    /**
     * The first day, in the zone of the workspace.
     */
    from: CivilDate;
    /**
     * The last day: at most 366 days in all.
     */
    to: CivilDate;
    /**
     * Only players who are in this segment now. One answer looks at up to 1,000 users, and tells of the members among them: read on while there is a `nextPart`, and add up.
     */
    segment?: Id;
    /**
     * `nextPart` of the answer before; it fits this report, these days and this segment only.
     */
    part?: string;
    /**
     * Only this mission.
     */
    mission?: Id;
};

/**
 * What `analytics.rewards` of the dashboard API can be asked for.
 */
export type DashboardAnalyticsRewardsQuery = {
    /**
     * The first day, in the zone of the workspace.
     */
    from: CivilDate;
    /**
     * The last day: at most 366 days in all.
     */
    to: CivilDate;
    /**
     * Only players who are in this segment now. One answer looks at up to 1,000 users, and tells of the members among them: read on while there is a `nextPart`, and add up.
     */
    segment?: Id;
    /**
     * `nextPart` of the answer before; it fits this report, these days and this segment only.
     */
    part?: string;
};

/**
 * What `analytics.economy` of the dashboard API can be asked for.
 */
export type DashboardAnalyticsEconomyQuery = {
    /**
     * The first day, in the zone of the workspace.
     */
    from: CivilDate;
    /**
     * The last day: at most 366 days in all.
     */
    to: CivilDate;
    /**
     * Only players who are in this segment now. One answer looks at up to 1,000 users, and tells of the members among them: read on while there is a `nextPart`, and add up.
     */
    segment?: Id;
    /**
     * `nextPart` of the answer before; it fits this report, these days and this segment only.
     */
    part?: string;
};

/**
 * What `analytics.streaks` of the dashboard API can be asked for.
 */
export type DashboardAnalyticsStreaksQuery = {
    /**
     * The first day, in the zone of the workspace.
     */
    from: CivilDate;
    /**
     * The last day: at most 366 days in all.
     */
    to: CivilDate;
    /**
     * Only players who are in this segment now. One answer looks at up to 1,000 users, and tells of the members among them: read on while there is a `nextPart`, and add up.
     */
    segment?: Id;
    /**
     * `nextPart` of the answer before; it fits this report, these days and this segment only.
     */
    part?: string;
};

/**
 * What `analytics.leaderboards` of the dashboard API can be asked for.
 */
export type DashboardAnalyticsLeaderboardsQuery = {
    /**
     * The first day, in the zone of the workspace.
     */
    from: CivilDate;
    /**
     * The last day: at most 366 days in all.
     */
    to: CivilDate;
    /**
     * Only players who are in this segment now. One answer looks at up to 1,000 users, and tells of the members among them: read on while there is a `nextPart`, and add up.
     */
    segment?: Id;
    /**
     * `nextPart` of the answer before; it fits this report, these days and this segment only.
     */
    part?: string;
};

/**
 * What `analytics.users` of the dashboard API can be asked for.
 */
export type DashboardAnalyticsUsersQuery = {
    /**
     * The first day, in the zone of the workspace.
     */
    from: CivilDate;
    /**
     * The last day: at most 366 days in all.
     */
    to: CivilDate;
    /**
     * Only players who are in this segment now. One answer looks at up to 1,000 users, and tells of the members among them: read on while there is a `nextPart`, and add up.
     */
    segment?: Id;
    /**
     * `nextPart` of the answer before; it fits this report, these days and this segment only.
     */
    part?: string;
};

/**
 * What `webhookDeliveries.list` of the dashboard API can be asked for.
 */
export type DashboardWebhookDeliveriesListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * An id: 1 to 128 of letters, digits and `_ . : -`.
     */
    webhookId?: Id;
    /**
     * `dead`: given up after 24 hours; retry or replay it by hand.
     */
    status?: DeliveryStatus;
    /**
     * A type of happening.
     */
    type?: HappeningTypeName;
};

/**
 * What `webhooks.list` of the dashboard API can be asked for.
 */
export type DashboardWebhooksListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * `draft` was never published; `published` is at work; `archived` starts nothing new.
     */
    status?: DefinitionStatus;
};

/**
 * What `webhooks.listVersions` of the dashboard API can be asked for.
 */
export type DashboardWebhooksListVersionsQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `members.list` of the dashboard API can be asked for.
 */
export type DashboardMembersListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `invitations.list` of the dashboard API can be asked for.
 */
export type DashboardInvitationsListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `joinCodes.list` of the dashboard API can be asked for.
 */
export type DashboardJoinCodesListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `domainRules.list` of the dashboard API can be asked for.
 */
export type DashboardDomainRulesListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `privacy.requests` of the dashboard API can be asked for.
 */
export type DashboardPrivacyRequestsQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * Requests of this kind alone.
     */
    kind?: 'export' | 'erasure' | 'restriction' | 'release';
    /**
     * About this user alone, whom it may be who was erased.
     */
    user?: Id;
};

/**
 * What `privacy.consents` of the dashboard API can be asked for.
 */
export type DashboardPrivacyConsentsQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `pseudonyms.events` of the dashboard API can be asked for.
 */
export type DashboardPseudonymsEventsQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * What occurred at this moment or later.
     */
    from?: Instant;
    /**
     * What occurred before this moment.
     */
    to?: Instant;
};

/**
 * What `pseudonyms.users` of the dashboard API can be asked for.
 */
export type DashboardPseudonymsUsersQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `roles.list` of the dashboard API can be asked for.
 */
export type DashboardRolesListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `auditRecords.list` of the dashboard API can be asked for.
 */
export type DashboardAuditRecordsListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * By this machine, operator or player, whose id is given as it is.
     */
    actor?: Id;
    /**
     * For this player.
     */
    onBehalfOf?: Id;
    /**
     * That asked for this permission.
     */
    action?: string;
    /**
     * Of this operation.
     */
    route?: string;
    /**
     * With this id in the path.
     */
    target?: Id;
    /**
     * That ended so.
     */
    outcome?: string;
    /**
     * Of this request.
     */
    requestId?: Id;
    /**
     * From this moment on.
     */
    from?: Instant;
    /**
     * Before this moment.
     */
    to?: Instant;
};

/**
 * What `auditRecords.verify` of the dashboard API can be asked for.
 */
export type DashboardAuditRecordsVerifyQuery = {
    /**
     * The first block to look at.
     */
    from?: number;
    /**
     * With `knownHash`: a head that was kept from before.
     */
    knownBlock?: number;
    /**
     * The hash that `knownBlock` had.
     */
    knownHash?: string;
};

/**
 * What `auditRecords.export` of the dashboard API can be asked for.
 */
export type DashboardAuditRecordsExportQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `tenants.list` of the platform API can be asked for.
 */
export type PlatformTenantsListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `workspaces.list` of the platform API can be asked for.
 */
export type PlatformWorkspacesListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `plans.list` of the platform API can be asked for.
 */
export type PlatformPlansListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `issuers.list` of the platform API can be asked for.
 */
export type PlatformIssuersListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};

/**
 * What `auditRecords.list` of the platform API can be asked for.
 */
export type PlatformAuditRecordsListQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
    /**
     * By this machine, operator or player, whose id is given as it is.
     */
    actor?: Id;
    /**
     * For this player.
     */
    onBehalfOf?: Id;
    /**
     * That asked for this permission.
     */
    action?: string;
    /**
     * Of this operation.
     */
    route?: string;
    /**
     * With this id in the path.
     */
    target?: Id;
    /**
     * That ended so.
     */
    outcome?: string;
    /**
     * Of this request.
     */
    requestId?: Id;
    /**
     * From this moment on.
     */
    from?: Instant;
    /**
     * Before this moment.
     */
    to?: Instant;
};

/**
 * What `auditRecords.verify` of the platform API can be asked for.
 */
export type PlatformAuditRecordsVerifyQuery = {
    /**
     * The first block to look at.
     */
    from?: number;
    /**
     * With `knownHash`: a head that was kept from before.
     */
    knownBlock?: number;
    /**
     * The hash that `knownBlock` had.
     */
    knownHash?: string;
};

/**
 * What `auditRecords.export` of the platform API can be asked for.
 */
export type PlatformAuditRecordsExportQuery = {
    /**
     * How many items at most, 1 to 200.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before; it fits this list and these filters only.
     */
    cursor?: string;
};
