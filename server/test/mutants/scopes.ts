import ts from 'typescript';

/**
 * A place in the store where something is done with a scope: a function that is given one, or the name of a tenant of which
 * it makes one, or a key that is built of one.
 */
export interface Scoped {
  /** Where it stands, such as `users.ts:19 userKey`. */
  readonly site: string;
  /** The name of the function, and whether the store has it for others. */
  readonly name: string;
  readonly isExported: boolean;
  /** What is put into its source, by where it is put, so that what it was given can be taken away. */
  readonly cuts: readonly { readonly at: number; readonly text: string }[];
}

function isScope({ type }: ts.ParameterDeclaration): boolean {
  return /^(?:Scope|Pick<Scope\b.*>)$/s.test(type?.getText() ?? '');
}

/** Whether a parameter is the name of a tenant of which a function makes a scope by itself. */
function isTenant({ name }: ts.ParameterDeclaration, body: ts.Node): boolean {
  return ts.isIdentifier(name) && new RegExp(`\\btenantScope\\(${name.text}\\)`).test(body.getText());
}

/** What gives a parameter another value, where that is asked for while it runs. */
function taken(site: string, { name }: ts.ParameterDeclaration): string {
  const cut = (value: string) => `globalThis.laurelScope(${JSON.stringify(site)}, ${value})`;
  if (ts.isIdentifier(name)) return `${name.text} = ${cut(name.text)}`;
  const parts = name.getText();
  return `(${parts} = ${cut(parts)})`;
}

function nameOf(node: ts.Node): string {
  for (let one: ts.Node = node; one.parent !== undefined; one = one.parent) {
    if ((ts.isFunctionDeclaration(one) || ts.isMethodDeclaration(one)) && one.name) return one.name.getText();
    if (ts.isVariableDeclaration(one)) return one.name.getText();
  }
  return 'a function';
}

/** Whether a node builds a key of a scope, and not one of the platform's own. */
function isKeyOfScope(node: ts.Node): node is ts.CallExpression {
  return (
    ts.isCallExpression(node) &&
    /^(?:keyOf|indexKeyOf|textKeyOf)$/.test(node.expression.getText()) &&
    node.arguments.length > 1 &&
    node.arguments[0]?.getText() !== 'platformScope()'
  );
}

/** Every place of a file where something is done with a scope, found in its source. */
export function scopedIn(file: string, text: string): Scoped[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Scoped[] = [];
  const siteOf = (node: ts.Node): string => {
    const { line, character } = source.getLineAndCharacterOfPosition(node.getStart());
    return `${file}:${line + 1}:${character + 1} ${nameOf(node)}`;
  };
  const visit = (node: ts.Node): void => {
    if (isKeyOfScope(node)) {
      const [scope] = node.arguments;
      const site = `${siteOf(node)} (a key)`;
      if (scope !== undefined) {
        const cuts = [
          { at: scope.getStart(), text: `globalThis.laurelScope(${JSON.stringify(site)}, ` },
          { at: scope.getEnd(), text: ')' },
        ];
        found.push({ site, name: nameOf(node), isExported: false, cuts });
      }
    }
    if (ts.isFunctionDeclaration(node) || ts.isArrowFunction(node) || ts.isMethodDeclaration(node)) {
      const { body } = node;
      const given = body && node.parameters.find((one) => isScope(one) || isTenant(one, body));
      if (body !== undefined && given !== undefined) {
        const site = siteOf(node);
        const way = taken(site, given);
        found.push({
          site,
          name: nameOf(node),
          isExported: ts.isFunctionDeclaration(node) && /^export /.test(node.getText()),
          cuts: ts.isBlock(body)
            ? [{ at: body.getStart() + 1, text: `;${way};` }]
            : [
                { at: body.getStart(), text: `(${way}, ` },
                { at: body.getEnd(), text: ')' },
              ],
        });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** A file that asks at each such place whether the scope is to be taken away. */
export function withCuts(file: string, text: string): string {
  const cuts = scopedIn(file, text).flatMap((one) => one.cuts);
  const changed = cuts
    .toSorted((a, b) => b.at - a.at)
    .reduce((all, { at, text: put }) => all.slice(0, at) + put + all.slice(at), text);
  return `globalThis.laurelScope ??= (_site, given) => given;${changed}`;
}
