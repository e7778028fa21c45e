/** A class whose instances are what `make` makes, for `new Laurel()` to build on. */
export function clientClass<Client extends object, Options>(
  make: (options: Options) => Client,
): new (
  options: Options,
) => Client;
export function clientClass(make: (options: unknown) => object): new (options: unknown) => object {
  return class {
    constructor(options: unknown = {}) {
      Object.assign(this, make(options));
    }
  };
}
