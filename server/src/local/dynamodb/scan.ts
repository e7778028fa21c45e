import type { Item } from './attribute-value.ts';
import type { Context } from './context.ts';
import { SLOTS } from './key-encoding.ts';
import { checkStartKey, invalidStartKey, type Page, readPage, sourceOf } from './page.ts';
import type { SlotRange, Source } from './page-reader.ts';
import { placeInIndex, placeOf } from './primary-key.ts';
import type { ScanRequest } from './requests.ts';

export function scan(context: Context, request: ScanRequest): Page {
  const source = sourceOf(context, request);
  const segment = segmentOf(request);
  const { ExclusiveStartKey: start } = request;
  const after = start === undefined ? undefined : startPlace(source, segment, start);
  return readPage(context, source, request, context.pages.slots(source, { ...segment, after }));
}

/** The slots of a segment of a parallel scan; of all of them without segments. */
function segmentOf({ Segment = 0, TotalSegments = 1 }: ScanRequest): SlotRange {
  const boundary = (segment: number) => Math.floor((SLOTS * segment) / TotalSegments);
  return { from: boundary(Segment), to: boundary(Segment + 1) };
}

function startPlace(source: Source, { from, to }: SlotRange, start: Item): NonNullable<SlotRange['after']> {
  checkStartKey(source, start);
  const place =
    source.index === undefined ? tablePlace(source, start) : placeInIndex(source.table, source.index, start);
  if (place === undefined || place.slot < from || place.slot >= to) {
    throw invalidStartKey('Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment.');
  }
  return place;
}

function tablePlace({ table }: Source, start: Item) {
  const { slot, hash, range } = placeOf(table.key, start);
  return { slot, hash, position: range };
}
