"""Reading a PDF's page as a person does: words, lines, columns, pages."""
