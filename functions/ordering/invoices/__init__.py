"""What an invoice looks like: its words, its fonts, its layout. Only `layout` imports the library that draws it."""
