/** What both entries export. */
export {
  AbortError,
  AnswerError,
  type AnswerFacts,
  AnswerTooLargeError,
  ConnectionError,
  isProblem,
  type KnownProblemCode,
  LaurelError,
  type ProblemCode,
  ProblemError,
  ResponseError,
  TimeoutError,
  TokenError,
  UsageError,
} from './core/errors.ts';
export type { List, Page } from './core/list.ts';
export { logTo } from './core/log.ts';
export type {
  Attempt,
  CallOptions,
  ConditionalOptions,
  ConnectionOptions,
  Hooks,
  KeyedOptions,
  OutgoingCall,
  TokenAuth,
} from './core/options.ts';
export type { AppClient } from './generated/clients.ts';
export type * from './generated/types.ts';
