/** Why an event as a whole is refused; nothing of it takes effect. */
export interface Refusal {
  readonly kind: 'refused';
  /**
   * `amount_overflow`: a balance or score would leave the range in which integers are exact (2^53 - 1);
   * `endless_rules`: rules whose rewards fulfil one another; `past_closed`: it belongs to what can change no more.
   */
  readonly code: 'amount_overflow' | 'endless_rules' | 'past_closed';
  /** For people: what is wrong. */
  readonly detail: string;
}
