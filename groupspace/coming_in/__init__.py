"""Who comes into a space, and how: whom it is for, codes that let in, whom one invites, and what is answered."""
