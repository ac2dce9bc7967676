// Holds a value against a part of schema.json: the words of that contract which the catalogue uses, and clear messages.
import schemaJson from "../../catalogue/schema.json" with { type: "json" };
import { type Fault, memberOf, type Node, plainOf } from "./json.ts";

/** A part of a JSON schema, draft 7. */
interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly propertyNames?: Schema;
  readonly additionalProperties?: boolean | Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

/** A value in a file, and what the user calls it. */
interface Held {
  readonly node: Node;
  readonly name: string;
}

const definitions: ReadonlyMap<string, Schema> = new Map(
  Object.entries(schemaJson.definitions as Readonly<Record<string, Schema>>),
);
const patterns = new Map<string, RegExp>();

/** What keeps a value from being what schema.json calls `definition`. */
export function faultsOf(node: Node, definition: string): readonly Fault[] {
  return check({ node, name: "The file" }, defined(`#/definitions/${definition}`));
}

/** Names in references may lead to a property of a definition: "#/definitions/entry/properties/id". */
function defined(reference: string): Schema {
  const [, , name = "", , property] = reference.split("/");
  const whole = definitions.get(name);
  const found = property === undefined ? whole : whole?.properties?.[property];
  if (found === undefined) throw new Error(`schema.json has no ${reference}`);
  return found;
}

function check(held: Held, schema: Schema): Fault[] {
  const whole = resolved(schema);
  const { allOf = [], anyOf } = whole;
  const none = anyOf?.every((schema) => check(held, schema).length > 0) === true;
  return [
    ...ofKind(held, whole),
    ...ofChoice(held, whole),
    ...allOf.flatMap((schema) => check(held, schema)),
    ...(none ? [fault(held, whole, "fits none of its forms")] : []),
  ];
}

/** What stands beside a reference comes before what it leads to. */
function resolved({ $ref, ...own }: Schema): Schema {
  return $ref === undefined ? own : { ...resolved(defined($ref)), ...own };
}

function ofKind(held: Held, schema: Schema): Fault[] {
  const { node } = held;
  if (schema.type !== undefined && schema.type !== typeOf(node) && !isWhole(node, schema.type))
    return [fault(held, schema, `must be ${kinds[schema.type] ?? schema.type}`)];
  if (node.kind !== "plain" && (schema.enum ?? schema.const) !== undefined)
    return [fault(held, schema, plainWords(schema))];
  if (node.kind === "object") return ofObject(held, schema);
  if (node.kind === "array") return ofArray(held, schema);
  return isPlain(node.value, schema) ? [] : [fault(held, schema, plainWords(schema))];
}

const kinds: Readonly<Record<string, string>> = {
  object: "an object, in { }",
  array: "a list, in [ ]",
  string: 'a text, in " "',
  integer: "a whole number",
  boolean: "true or false",
};

function typeOf(node: Node): string {
  return node.kind === "plain" ? (node.value === null ? "null" : typeof node.value) : node.kind;
}

function isWhole(node: Node, type: string): boolean {
  return type === "integer" && node.kind === "plain" && Number.isInteger(node.value);
}

function isPlain(value: string | number | boolean | null, schema: Schema): boolean {
  if ("const" in schema && value !== schema.const) return false;
  if (schema.enum?.includes(value) === false) return false;
  if (typeof value === "number") return value >= (schema.minimum ?? value) && value <= (schema.maximum ?? value);
  if (typeof value !== "string") return true;
  const { length } = [...value];
  if (length < (schema.minLength ?? 0) || length > (schema.maxLength ?? length)) return false;
  return schema.pattern === undefined || patternOf(schema.pattern).test(value);
}

function plainWords({ enum: words, const: only, minLength, maxLength, minimum, maximum }: Schema): string {
  if (words !== undefined) return `must be one of ${words.map((word) => JSON.stringify(word)).join(", ")}`;
  if (only !== undefined) return `must be ${JSON.stringify(only)}`;
  if (minimum !== undefined && maximum !== undefined) return `must be a number from ${minimum} to ${maximum}`;
  const most = maxLength === undefined ? "" : `at most ${maxLength}`;
  const least = minLength === undefined ? "" : `at least ${minLength}`;
  const bounds = [least, most].filter((words) => words !== "").join(" and ");
  return `is not as it should be${bounds === "" ? "" : ` (it has ${bounds} characters)`}`;
}

function patternOf(source: string): RegExp {
  const known = patterns.get(source) ?? new RegExp(source, "u");
  patterns.set(source, known);
  return known;
}

function ofArray({ node, name }: Held, schema: Schema): Fault[] {
  if (node.kind !== "array") return [];
  const { items } = node;
  const { minItems = 0, maxItems = items.length, uniqueItems, items: each } = schema;
  const held = { node, name };
  if (items.length < minItems) return [fault(held, schema, "must not be empty")];
  if (items.length > maxItems) return [fault(held, schema, `holds more than ${maxItems}`)];
  const texts = items.map((item) => JSON.stringify(plainOf(item)));
  if (uniqueItems && new Set(texts).size < texts.length) return [fault(held, schema, "holds something twice")];
  return each === undefined ? [] : items.flatMap((item) => check({ node: item, name: `One of ${lower(name)}` }, each));
}

function ofObject(held: Held, schema: Schema): Fault[] {
  const { node } = held;
  if (node.kind !== "object") return [];
  const { required = [], minProperties = 0, properties = {} } = schema;
  const missing = required.filter((name) => memberOf(node, name) === undefined);
  const few = new Set(node.members.map(({ name }) => name)).size < minProperties;
  return [
    ...missing.map((name) => fault(held, properties[name] ?? {}, `lacks "${name}"`)),
    ...(few ? [fault(held, schema, "says too little")] : []),
    ...node.members.flatMap(({ name, place, value }) =>
      Object.hasOwn(properties, name)
        ? check({ node: value, name: `"${name}"` }, properties[name] ?? {})
        : ofOther({ node: { kind: "plain", value: name, ...place }, name: JSON.stringify(name) }, value, schema),
    ),
  ];
}

/** A member that has no definition of its own. */
function ofOther(name: Held, value: Node, schema: Schema): Fault[] {
  const { additionalProperties: others, properties = {}, propertyNames } = schema;
  if (others === false) {
    const known = Object.keys(properties).map((word) => `"${word}"`);
    return [fault(name, {}, `is not known here; known are ${known.join(", ")}`)];
  }
  const named = propertyNames === undefined ? [] : check(name, propertyNames);
  return typeof others === "object" ? [...named, ...check({ node: value, name: name.name }, others)] : named;
}

/** One alternative must fit; if none does, that one speaks which the value most likely means. */
function ofChoice(held: Held, { oneOf, description }: Schema): Fault[] {
  if (oneOf === undefined) return [];
  const all = oneOf.map((schema) => check(held, schema));
  const fitting = all.filter((faults) => faults.length === 0).length;
  if (fitting === 1) return [];
  const meant = oneOf.findIndex((schema) => isMeant(held.node, schema));
  if (fitting === 0 && meant >= 0) return all[meant] ?? [];
  return [fault(held, { ...(description !== undefined && { description }) }, "fits none of its forms")];
}

/** The kind is right, and with objects the member that tells the alternatives apart is there. */
function isMeant(node: Node, schema: Schema): boolean {
  const { type, required = [] } = resolved(schema);
  return type === typeOf(node) && required.every((name) => memberOf(node, name) !== undefined);
}

function fault({ node, name }: Held, { description }: Schema, words: string): Fault {
  const more = description === undefined ? "." : `: ${description}`;
  return { start: node.start, end: node.end, message: `${name} ${words}${more.endsWith(".") ? more : `${more}.`}` };
}

function lower(name: string): string {
  return name.startsWith('"') ? name : `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}
