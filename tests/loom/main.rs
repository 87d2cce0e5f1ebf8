//! loom's paths: what loom promises of them, in our words, and bugs that have been.
