export { DATABASE_FILE } from './database.ts';
export { type Engine, type EngineOptions, openEngine, type StreamListener, type StreamPosition } from './engine.ts';
export { type CancellationReason, ServiceError } from './errors.ts';
export type { Fault, FaultError } from './faults.ts';
export type { EngineRequestHandler } from './request-handler.ts';
export { type StreamRecord, sequenceText } from './stream-log.ts';
