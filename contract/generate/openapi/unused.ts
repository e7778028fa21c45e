import type { ComponentsObject, OpenAPIObject } from 'openapi3-ts/oas31';
import { refsIn, resolve } from './refs.ts';

/** The references that can be reached from the operations. */
function reachable(document: OpenAPIObject): ReadonlySet<string> {
  const reached = new Set<string>();
  const visit = (value: unknown) => {
    for (const ref of refsIn(value)) {
      if (reached.has(ref)) continue;
      reached.add(ref);
      visit(resolve(document, ref));
    }
  };
  visit(document.paths);
  return reached;
}

/** The document without the components that no operation refers to. */
export function withoutUnused(document: OpenAPIObject): OpenAPIObject {
  const reached = reachable(document);
  const { schemas = {}, responses = {}, parameters = {}, headers = {}, ...others } = document.components ?? {};
  const used = <T>(section: string, components: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(components).filter(([name]) => reached.has(`#/components/${section}/${name}`)));
  const components: ComponentsObject = {
    schemas: used('schemas', schemas),
    responses: used('responses', responses),
    parameters: used('parameters', parameters),
    headers: used('headers', headers),
    securitySchemes: others.securitySchemes ?? {},
  };
  return { ...document, components };
}
