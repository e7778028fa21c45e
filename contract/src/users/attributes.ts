import * as z from 'zod';

/** The name of an attribute, as an expression can write it after `user.attributes.`. */
const Name = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, 'use a letter, then up to 63 letters, digits or _')
  .refine((name) => !(name in {}), 'this name is reserved: choose another');

const MOST = 50;
const TOO_MANY = `at most ${MOST} attributes`;
const Value = z.union([z.string().max(1000), z.number(), z.boolean()]);
const isFew = (attributes: object): boolean => Object.keys(attributes).length <= MOST;

/** What a workspace says of one attribute of its users. */
export const UserAttributeDeclaration = z
  .strictObject({
    type: z
      .enum(['string', 'integer', 'number', 'boolean'])
      .meta({ description: '`integer` is a whole number, `number` any.' }),
    required: z
      .boolean()
      .optional()
      .meta({ description: 'Whether users are created with it and keep it; false where it is missing.' }),
    playersMay: z
      .enum(['nothing', 'read', 'write'])
      .optional()
      .meta({ description: 'What players may do with their own; `nothing` where it is missing.' }),
  })
  .meta({
    id: 'UserAttributeDeclaration',
    description: 'What an attribute of a user must be.',
    example: { type: 'string', playersMay: 'read' },
  });
export type UserAttributeDeclaration = z.infer<typeof UserAttributeDeclaration>;

/** The attributes that users of a workspace may have, by name. */
export const UserAttributeDeclarations = z
  .record(Name, UserAttributeDeclaration)
  .refine(isFew, TOO_MANY)
  .meta({
    id: 'UserAttributeDeclarations',
    description: 'The attributes that users may have, by name; others are refused.',
    example: { plan: { type: 'string', playersMay: 'read' } },
  });
export type UserAttributeDeclarations = z.infer<typeof UserAttributeDeclarations>;

/** What a workspace knows of a user, by name. */
export const UserAttributes = z
  .record(Name, Value)
  .refine(isFew, TOO_MANY)
  .meta({ id: 'UserAttributes', description: 'Facts about a user, by name.', example: { plan: 'pro' } });
export type UserAttributes = z.infer<typeof UserAttributes>;

/** A change of attributes: null takes one away, and what is missing stays. */
export const UserAttributesChange = z
  .record(Name, Value.nullable())
  .refine(isFew, TOO_MANY)
  .meta({
    id: 'UserAttributesChange',
    description: 'Attributes to set, by name; null takes one away, and what is missing stays.',
    example: { plan: 'pro' },
  });
export type UserAttributesChange = z.infer<typeof UserAttributesChange>;
