//! The syllabus: every demo, in the order of the course.

#[allow(missing_docs)]
pub mod torn_header;
