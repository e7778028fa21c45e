import type { Meter } from './capacity.ts';
import type { Catalog } from './catalog.ts';
import type { ItemStore } from './item-store.ts';
import type { PageReader } from './page-reader.ts';
import type { StreamLog } from './stream-log.ts';
import type { TokenStore } from './token-store.ts';

/** What the operations work with. */
export interface Context {
  readonly catalog: Catalog;
  readonly items: ItemStore;
  readonly pages: PageReader;
  readonly streams: StreamLog;
  readonly tokens: TokenStore;
  readonly meter: Meter;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
