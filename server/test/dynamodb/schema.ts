// Short forms of the parts of CreateTable.

export const attributes = {
  string: (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const }),
  number: (AttributeName: string) => ({ AttributeName, AttributeType: 'N' as const }),
  binary: (AttributeName: string) => ({ AttributeName, AttributeType: 'B' as const }),
};

export const keys = {
  hash: (AttributeName: string) => ({ AttributeName, KeyType: 'HASH' as const }),
  range: (AttributeName: string) => ({ AttributeName, KeyType: 'RANGE' as const }),
};
