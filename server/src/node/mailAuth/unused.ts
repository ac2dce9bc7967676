// Stands in the bundle for what mailauth imports and the check never uses: decoding mail, public suffixes, and its own ways to the network.
export {};
