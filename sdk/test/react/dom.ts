import { Window } from 'happy-dom';

// A page for React, and nothing else of a browser: `fetch` and what aborts it stay Node's. It is imported first, since
// TanStack Query asks once, when it is loaded, whether there is a page.
const window = new Window({ url: 'http://localhost/' });
Object.assign(globalThis, { window, document: window.document, IS_REACT_ACT_ENVIRONMENT: true });
