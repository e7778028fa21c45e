/** Why an event as a whole is refused; nothing of it takes effect. */
export interface Refusal {
  readonly kind: 'refused';
  /** A balance or score would leave the range in which integers are exact (2^53 - 1). */
  readonly code: 'amount_overflow';
  /** For people: what would overflow. */
  readonly detail: string;
}
