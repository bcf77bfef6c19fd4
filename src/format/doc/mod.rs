//! Documents: bytes in, [`Document`](crate::text::Document) out, one file a format.
