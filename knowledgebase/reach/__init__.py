"""How often public pages are opened: counted by ourselves, without knowing anything about who opened them."""
