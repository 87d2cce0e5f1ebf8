//! Every part of the table, for one runtime.

mod bytes;
mod containers;
mod growth;
mod inside;
mod kit;
mod nodes;
mod publishing;
mod reclaiming;
mod sections;
mod slots;
mod writers;

pub(crate) const PARTS: [&[&[kit::Row]]; 10] = [
    publishing::ROWS,
    reclaiming::ROWS,
    writers::ROWS,
    inside::ROWS,
    slots::ROWS,
    growth::ROWS,
    nodes::ROWS,
    bytes::ROWS,
    containers::ROWS,
    sections::ROWS,
];
