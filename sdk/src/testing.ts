/** For tests of your program: things, mock handlers, and the real platform. Neither msw nor the platform is loaded here. */
export { type Fixtures, fixtures, type Makers } from './testing/fixtures.ts';
export { type LaurelHandlers, type LaurelHandlersOptions, laurelHandlers, type MockHttp } from './testing/handlers.ts';
export type { FailureKind, FailureOptions } from './testing/mock/failures.ts';
export type { Given } from './testing/mock/lists.ts';
export type { MockCall, MockControls, MockState } from './testing/mock/mock.ts';
export type { ItemOf, ListName, OperationName, OperationNames } from './testing/mock/names.ts';
export type { MockRule } from './testing/mock/world.ts';
export { createTestServer, type TestServer, type TestServerClock, type TestServerOptions } from './testing/server.ts';
