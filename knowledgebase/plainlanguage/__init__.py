"""Writing so that everyone can follow it: rules, word lists, an aid in the editor, and the glossary."""
