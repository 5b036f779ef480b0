"""From a Document to bytes: HTML, PDF, DOCX. Renderers know formats, not regulations."""
