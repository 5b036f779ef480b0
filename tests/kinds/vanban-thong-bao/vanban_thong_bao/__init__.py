"""The kind "thong-bao" for vanban: a schema, an outline, templates and an example."""
