/** What `/react` is to server components: all that needs no context and no effect. */
export {
  type Filter,
  type LaurelKey,
  type LaurelQueries,
  type LaurelRoot,
  laurelQueries,
  type Paged,
  type Paging,
  type Reading,
} from './react/queries.ts';
