// The library has no types for this part of it.
declare module "mailauth/lib/spf/macro.js" {
  interface MacroValues {
    readonly ip: string;
    readonly sender: string;
    readonly helo: string | undefined;
    readonly mta: string;
    readonly domain: string;
  }
  /** Expands the macros of RFC 7208 7; throws on a syntax fault. */
  function macro(text: string, values: MacroValues): string;
  export = macro;
}
