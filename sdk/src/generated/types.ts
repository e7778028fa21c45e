// Generated from the contract, do not edit; npm run generate.

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
     * What its events may say beside their value; anything, where nothing is declared.
     */
    attributes?: AttributeDeclarations;
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
     * What its events may say beside their value; anything, where nothing is declared.
     */
    attributes?: AttributeDeclarationsInput;
};

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
     * What its events may say beside their value; anything, where nothing is declared.
     */
    attributes?: AttributeDeclarationsInput;
};

/**
 * An integer amount in minor units.
 */
export type Amount = number;

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
};

/**
 * A new credential for a machine.
 */
export type ApiClientCreate = {
    name: string;
    scopes: Array<OAuthScope>;
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
 * How often a period repeats; weeks are ISO weeks.
 */
export type Cadence = 'day' | 'week' | 'month';

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
     * How many one player can have; those that were cancelled or expired do not count.
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
     * Who gets it: a condition over `user`, `player` and `now`; everybody where it is missing.
     */
    audience?: Condition;
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
     * How many one player can have; those that were cancelled or expired do not count.
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
     * Who gets it: a condition over `user`, `player` and `now`; everybody where it is missing.
     */
    audience?: Condition;
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
     * How many one player can have; those that were cancelled or expired do not count.
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
     * Who gets it: a condition over `user`, `player` and `now`; everybody where it is missing.
     */
    audience?: Condition;
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
     * What held the rest back: the cap of this period, or the most that a wallet holds.
     */
    by: 'day' | 'week' | 'month' | 'maximum';
    limit: Amount;
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
 * True or false, in CEL, over `event` (`id`, `activity`, `value`, `occurredAt`, `attributes`), `user` (`id`, `language`, `zone`), `player` (`balances`, as they were before the event) and `now`. At most 200 nodes, no loop inside a loop, no regular expressions.
 */
export type Condition = string;

/**
 * What was done to one definition.
 */
export type ConfigApplied = {
    kind: DefinitionKind;
    id: Id;
    action: 'create' | 'update' | 'archive';
};

/**
 * A document to apply, to the state that was planned for.
 */
export type ConfigApplyRequest = {
    document: ConfigDocumentInput;
    /**
     * The state of the workspace that was planned for.
     */
    base: string;
    /**
     * What becomes of the running progress of what is changed; `keep` where it is missing.
     */
    running?: Running;
};

/**
 * What a document means for one definition.
 */
export type ConfigChange = {
    kind: DefinitionKind;
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
 * All definitions that are at work in a workspace, in one order: without authors, times and versions, and without drafts.
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
};

/**
 * All definitions that are at work in a workspace, in one order: without authors, times and versions, and without drafts.
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
};

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
 * An id of a definition: 1 to 100 of letters, digits and `_ . : -`.
 */
export type DefinitionId = Id;

/**
 * A kind of definition, by the name of its resource.
 */
export type DefinitionKind = 'activities' | 'currencies' | 'missions' | 'rewardRules' | 'streaks' | 'leaderboards' | 'catalogItems';

/**
 * `draft` was never published; `published` is at work; `archived` starts nothing new.
 */
export type DefinitionStatus = 'draft' | 'published' | 'archived';

/**
 * An IANA time zone, or `user` for each player's own.
 */
export type DefinitionZone = 'user' | Zone;

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
     * What was earned and could not be given, or not all of it.
     */
    clipped: Array<ClippedReward>;
    /**
     * Movements in the player's wallets.
     */
    ledger: Array<LedgerEntry>;
    streaks: Array<StreakEffect>;
    scores: Array<ScoreEffect>;
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
 * An expression to check.
 */
export type ExpressionCheck = {
    expression: string;
    /**
     * The activity whose attributes `event` has; where it is missing, `event.attributes` is not checked.
     */
    activity?: Id;
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
    rewards: Array<RewardInput>;
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
 * Something that was given, and what for.
 */
export type GrantedReward = {
    currency: Id;
    amount: PositiveAmount;
    source: RewardSource;
};

/**
 * The platform works: its table answered.
 */
export type Health = {
    status: 'ok';
    version: string;
    cell: string;
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
 * A BCP 47 language tag.
 */
export type Language = string;

/**
 * A ranking of players by score.
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
    source: ScoreSource;
    window: LeaderboardWindow;
    ties: TiesRule;
    /**
     * Only events for which this holds score.
     */
    condition?: Condition;
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
    source: ScoreSourceInput;
    window: LeaderboardWindowInput;
    ties?: TiesRule;
    /**
     * Only events for which this holds score.
     */
    condition?: Condition;
};

/**
 * A line of a leaderboard.
 */
export type LeaderboardEntry = {
    rank: number;
    score: Amount;
    player: LeaderboardPlayer;
    isMe: boolean;
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
 * How the player wants to be shown.
 */
export type LeaderboardPlayer = {
    displayName: string;
};

/**
 * Where I stand, and among how many.
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
     * How many players have a score.
     */
    total: number;
};

/**
 * What a leaderboard becomes.
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
    source: ScoreSourceInput;
    window: LeaderboardWindowInput;
    ties?: TiesRule;
    /**
     * Only events for which this holds score.
     */
    condition?: Condition;
};

/**
 * All time, or each period of a zone by itself.
 */
export type LeaderboardWindow = {
    kind: 'allTime';
} | {
    kind: 'recurring';
    every: Cadence;
    zone: Zone;
};

/**
 * All time, or each period of a zone by itself.
 */
export type LeaderboardWindowInput = {
    kind: 'allTime';
} | {
    kind: 'recurring';
    every: Cadence;
    zone: Zone;
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
     * An account of the workspace itself: any name after `system:`.
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
 * Why an amount moved: a reward rule or a completed mission, and the event behind it; a grant by hand, a transaction that somebody asked for, a redemption; or time, by which amounts expire and holds go back.
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
     * `credit`, `debit`, `transfer`, `hold`, `capture`, `release`, `reversal`, `redemption`; more may come.
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
    schedule: MissionSchedule;
    steps: Array<MissionStep>;
    rewards: Array<Reward>;
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
    schedule: MissionScheduleInput;
    steps: Array<MissionStepInput>;
    rewards?: Array<RewardInput>;
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
 * Once for ever, or once in each period of a zone.
 */
export type MissionSchedule = {
    kind: 'permanent';
} | {
    kind: 'recurring';
    every: Cadence;
    zone: DefinitionZone;
};

/**
 * Once for ever, or once in each period of a zone.
 */
export type MissionScheduleInput = {
    kind: 'permanent';
} | {
    kind: 'recurring';
    every: Cadence;
    zone: DefinitionZone;
};

/**
 * What has to be done, and how much of it.
 */
export type MissionStep = {
    /**
     * Which events move it.
     */
    activity: Id;
    /**
     * What an event adds: one, or its `value`.
     */
    adds: 'one' | 'value';
    target: number;
    /**
     * Only events for which this holds move it.
     */
    condition?: Condition;
};

/**
 * What has to be done, and how much of it.
 */
export type MissionStepInput = {
    /**
     * Which events move it.
     */
    activity: Id;
    /**
     * What an event adds: one, or its `value`.
     */
    adds?: 'one' | 'value';
    target: number;
    /**
     * Only events for which this holds move it.
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
    schedule: MissionScheduleInput;
    steps: Array<MissionStepInput>;
    rewards?: Array<RewardInput>;
};

/**
 * A scope, such as `events:write`.
 */
export type OAuthScope = string;

/**
 * An amount that was paid.
 */
export type PaidPrice = {
    currency: Id;
    amount: Amount;
};

/**
 * A period: `2026-11-24`, `2026-W48`, `2026-11`, or `all`.
 */
export type PeriodKey = string;

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
    window: LeaderboardWindow;
    ties: TiesRule;
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
 * A mission and my progress in it.
 */
export type PlayerMission = {
    id: Id;
    name: string;
    description?: string;
    schedule: MissionSchedule;
    steps: Array<MissionStep>;
    rewards: Array<Reward>;
    /**
     * In the current period; null before the first matching event.
     */
    progress: Progress | null;
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
 * A catalogue item that I asked for.
 */
export type PlayerRedemption = {
    id: Id;
    item: Id;
    itemVersion: Version;
    userId: Id;
    state: RedemptionState;
    price: Array<PaidPrice>;
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
};

/**
 * A streak and how I am doing in it.
 */
export type PlayerStreak = {
    id: Id;
    name: string;
    cadence: 'day';
    /**
     * Days of the run that is still alive; it lives through today, so that there is time until midnight.
     */
    current: number;
    /**
     * Days of the longest run ever.
     */
    longest: number;
    /**
     * The latest day that counted.
     */
    lastDay: CivilDate | null;
    countedToday: boolean;
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
     * Stable: decide on this.
     */
    code: 'invalid_request' | 'malformed_json' | 'invalid_cursor' | 'invalid_token' | 'forbidden' | 'insufficient_scope' | 'not_found' | 'method_not_allowed' | 'already_exists' | 'event_conflict' | 'insufficient_funds' | 'hold_closed' | 'sold_out' | 'already_reversed' | 'in_use' | 'outdated' | 'conflict' | 'version_mismatch' | 'body_too_large' | 'unsupported_media_type' | 'unprocessable' | 'time_out_of_range' | 'unknown_reference' | 'invalid_expression' | 'idempotency_mismatch' | 'precondition_required' | 'rate_limited' | 'headers_too_large' | 'internal_error' | 'unavailable';
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
     * Reached so far; never more than the target.
     */
    amount: Amount;
    /**
     * Frozen when the progress started.
     */
    target: Amount;
    /**
     * When the earliest event that counts occurred.
     */
    startedAt: Instant;
    /**
     * When the event that completed it occurred.
     */
    completedAt: Instant | null;
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
 * Open, reached, or its period over before it was reached.
 */
export type ProgressState = 'active' | 'completed' | 'expired';

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
 * A line of a leaderboard with the user behind it.
 */
export type RankedUser = {
    rank: number;
    score: Amount;
    userId: Id;
    externalId: Id | null;
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
 * A catalogue item that a player asked for. Its code is theirs alone.
 */
export type Redemption = {
    id: Id;
    item: Id;
    itemVersion: Version;
    userId: Id;
    state: RedemptionState;
    price: Array<PaidPrice>;
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
 * An amount of a currency that is given.
 */
export type Reward = {
    kind: 'currency';
    currency: Id;
    amount: PositiveAmount;
};

/**
 * An amount of a currency that is given.
 */
export type RewardInput = {
    kind: 'currency';
    currency: Id;
    amount: PositiveAmount;
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
    mode: 'always' | 'fallback';
    /**
     * It pays only where this holds.
     */
    condition?: Condition;
    rewards: Array<Reward>;
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
    /**
     * `fallback` pays only where no `always` rule did.
     */
    mode?: 'always' | 'fallback';
    /**
     * It pays only where this holds.
     */
    condition?: Condition;
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
    /**
     * `fallback` pays only where no `always` rule did.
     */
    mode?: 'always' | 'fallback';
    /**
     * It pays only where this holds.
     */
    condition?: Condition;
    rewards: Array<RewardInput>;
};

/**
 * What was rewarded: an event, by a rule, or a completed mission.
 */
export type RewardSource = {
    kind: 'rule';
    rule: Id;
} | {
    kind: 'mission';
    mission: Id;
    period: PeriodKey;
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
} | {
    kind: 'missionCompleted';
    /**
     * Only this mission; all where it is missing.
     */
    mission?: Id;
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
} | {
    kind: 'missionCompleted';
    /**
     * Only this mission; all where it is missing.
     */
    mission?: Id;
};

/**
 * How one rule took an event.
 */
export type RuleExplanation = {
    /**
     * What kind of rule it is; kinds may be added.
     */
    kind: string;
    id: Id;
    version: Version;
    fired: boolean;
    /**
     * Why it fired or did not; codes may be added.
     */
    why: string;
    /**
     * The values that decided it.
     */
    values: {
        [key: string]: string | number | boolean;
    };
};

/**
 * What becomes of running progress: `keep` leaves players on the version that they started on, `recompute` counts their events again by the new one, `reset` lets them start anew.
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
    balances: {
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
};

/**
 * How an event moved a score.
 */
export type ScoreEffect = {
    leaderboard: Id;
    period: PeriodKey;
    added: Amount;
    score: Amount;
};

/**
 * What a score is made of.
 */
export type ScoreSource = {
    /**
     * `sum` of the events' `value`, or how many there were.
     */
    kind: 'sum' | 'count';
    activity: Id;
};

/**
 * What a score is made of.
 */
export type ScoreSourceInput = {
    /**
     * `sum` of the events' `value`, or how many there were.
     */
    kind: 'sum' | 'count';
    activity: Id;
};

/**
 * A name for URLs: 3 to 40 of `a-z 0-9` and inner hyphens.
 */
export type Slug = string;

/**
 * A habit that is counted in days without a gap.
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
    cadence: 'day';
    zone: DefinitionZone;
    /**
     * One event of it makes the day count.
     */
    activity: Id;
    /**
     * Only events for which this holds make the day count.
     */
    condition?: Condition;
};

/**
 * The runs that touch the interval, cut to it, the earliest first.
 */
export type StreakCalendar = {
    streak: Id;
    from: CivilDate;
    to: CivilDate;
    runs: Array<StreakRun>;
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
    cadence: 'day';
    zone: DefinitionZone;
    /**
     * One event of it makes the day count.
     */
    activity: Id;
    /**
     * Only events for which this holds make the day count.
     */
    condition?: Condition;
};

/**
 * How an event moved a streak.
 */
export type StreakEffect = {
    streak: Id;
    day: CivilDate;
    /**
     * Days of the run that the day is part of now.
     */
    run: number;
    longest: number;
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
 * Days without a gap, both ends included.
 */
export type StreakRun = {
    from: CivilDate;
    to: CivilDate;
    days: number;
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
    cadence: 'day';
    zone: DefinitionZone;
    /**
     * One event of it makes the day count.
     */
    activity: Id;
    /**
     * Only events for which this holds make the day count.
     */
    condition?: Condition;
};

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
 * A suspended tenant's callers are refused within 60 seconds.
 */
export type TenantStatus = 'active' | 'suspended';

/**
 * How equal scores rank: 1-2-2-4, 1-2-2-3, or 1-2-3-4 by who reached the score first, then by id.
 */
export type TiesRule = 'competition' | 'dense' | 'ordinal';

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
    status: UserStatus;
    version: Version;
    createdAt: Instant;
    updatedAt: Instant;
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
 * A new user; no e-mail needed.
 */
export type UserCreate = {
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
};

/**
 * Up to 100 new users; one bad item does not fail the rest.
 */
export type UserCreateBatch = {
    users: Array<UserCreate>;
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
 * A suspended user can neither call nor earn.
 */
export type UserStatus = 'active' | 'suspended';

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
    status?: UserStatus;
};

/**
 * Counts up from 1 with each change.
 */
export type Version = number;

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
     * What was earned and cannot be spent yet.
     */
    pending: Amount;
    /**
     * What was taken back after it had been spent. What comes in next settles it first.
     */
    owed: Amount;
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
 * An isolated environment inside a tenant.
 */
export type Workspace = {
    slug: Slug;
    tenant: Slug;
    name: string;
    zone: Zone;
    language: Language;
    createsUnknownUsers: boolean;
    createdAt: Instant;
};

/**
 * A new workspace.
 */
export type WorkspaceCreate = {
    slug: Slug;
    name: string;
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
     * A period: `2026-11-24`, `2026-W48`, `2026-11`, or `all`.
     */
    period?: PeriodKey;
    /**
     * Open, reached, or its period over before it was reached.
     */
    state?: ProgressState;
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
};

/**
 * What `leaderboards.rank` of the app API can be asked for.
 */
export type AppLeaderboardsRankQuery = {
    /**
     * A period: `2026-11-24`, `2026-W48`, `2026-11`, or `all`.
     */
    period?: PeriodKey;
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
     * A suspended user can neither call nor earn.
     */
    status?: UserStatus;
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
     * A period: `2026-11-24`, `2026-W48`, `2026-11`, or `all`.
     */
    period?: PeriodKey;
    /**
     * Open, reached, or its period over before it was reached.
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
