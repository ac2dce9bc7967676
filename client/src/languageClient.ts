// The library that speaks to the server: a bundle of its own, for it is large, and is loaded with the first mail log only.
export { LanguageClient, TransportKind } from "vscode-languageclient/node";
